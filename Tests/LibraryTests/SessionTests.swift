import Fixtures
import Library
import Music
import Testing

@Suite("The session in the catalogue")
struct SessionTests {
  let directory = TemporaryDirectory()

  @Test("comes back as it was kept, from a connection of another time")
  func roundTrip() throws {
    let path = directory.file("library.sqlite")
    let queue = KeptQueue(tracks: [TrackID(7), TrackID(-3), TrackID(.max)], order: [2, 0, 1], heard: [1, 1, 0])
    let place = KeptPlace(index: 2, track: TrackID(7), position: .milliseconds(61_250), shuffleMode: .albums)
    do {
      let catalogue = try Catalogue(path: path)
      #expect(try catalogue.keptQueue() == nil && catalogue.keptPlace() == nil)
      try catalogue.keep(KeptQueue(tracks: [TrackID(1)]))
      try catalogue.keep(queue)
      try catalogue.keep(KeptPlace(index: nil, track: nil))
      try catalogue.keep(place)
    }
    let catalogue = try Catalogue(path: path)
    #expect(try catalogue.keptQueue() == queue)
    #expect(try catalogue.keptPlace() == place)
  }

  @Test("an empty queue, and one of 250 000, are kept as well")
  func sizes() throws {
    let catalogue = try Catalogue(path: directory.file("library.sqlite"))
    let long = KeptQueue(tracks: (1...250_000).map { TrackID($0) }, order: (0..<250_000).reversed().map { Int32($0) })
    for queue in [long, KeptQueue(tracks: [])] {
      try catalogue.keep(queue)
      let isSame = try catalogue.keptQueue() == queue
      #expect(isSame)
    }
  }
}
