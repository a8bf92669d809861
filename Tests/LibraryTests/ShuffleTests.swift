import Fixtures
import Music
import Testing

@testable import Library

@Suite("An order thrown by chance")
struct ShuffleTests {
  @Test(
    "every number has a place of its own, and every place tells its number", arguments: [0, 1, 255, 256, 3000, 4095])
  func places(last: Int64) {
    for seed in [0, 1, 77, UInt32.max] {
      let shuffle = Shuffle(seed: seed, upTo: last)
      #expect(shuffle.count >= 256 && shuffle.count > last)
      let places = (0..<Int64(shuffle.count)).map { shuffle.place(of: $0) }
      #expect(Set(places).count == places.count && places.allSatisfy { $0 < shuffle.count })
      #expect(zip(places, 0...).allSatisfy { shuffle.number(at: $0) == $1 })
    }
    let large = Shuffle(seed: 5, upTo: .max)
    #expect([0, 1, 12345, .max].allSatisfy { large.number(at: large.place(of: $0)) == $0 })
  }

  @Test("neighbours do not stay together, and the seeds give different orders")
  func chance() {
    let orders = (0..<8 as Range<UInt32>).map { seed in
      let shuffle = Shuffle(seed: seed, upTo: 20_000)
      return (0..<20_000 as Range<UInt64>).map { shuffle.number(at: $0) }
    }
    for order in orders {
      let steps = zip(order, order.dropFirst()).map { abs($0 - $1) }
      #expect(steps.filter { $0 < 100 }.count < steps.count / 50)
      #expect(Set(zip(order, order.dropFirst()).map { $1 - $0 }).count > 5000)
      let mean = order.prefix(500).reduce(0, +) / 500
      #expect((12_000...20_000).contains(mean))
    }
    #expect(Set(orders.map { $0.prefix(3) }).count == orders.count)
  }

  @Test(
    "albums stand in the same order whether they are looked up or sorted, and a short list is the beginning of a long one"
  )
  func albums() throws {
    let directory = TemporaryDirectory()
    let catalogue = try Catalogue(path: directory.file("library.sqlite"))
    let home = Origin.remote(ServerID("home"))
    for (origin, count) in [(home, 5), (.local, 700), (home, 8)] as [(Origin, Int)] {
      let tracks = (0..<count).map { number in
        var track = TrackRecord(remoteID: RemoteID("t\(number)"), title: "\(number)")
        track.album = "Album \(number)"
        return track
      }
      try catalogue.pull(tracks, of: origin)
    }
    for seed in [1, 2, 3] as [UInt32] {
      catalogue.scope = [.local, home]
      let all = try catalogue.albumIDs(.random(seed: seed), limit: 1000)
      #expect(all.count == 708 && Set(all).count == 708)
      #expect(try catalogue.albumIDs(.random(seed: seed), limit: 40) == Array(all.prefix(40)))
      catalogue.scope = [home]
      // So few that they are sorted.
      let few = try catalogue.albumIDs(.random(seed: seed), limit: 6)
      let ofHome = Set(try catalogue.albumIDs(.ordered(.name), limit: 100))
      #expect(few == Array(all.filter { ofHome.contains($0) }.prefix(6)) && few.count == 6)
    }
    catalogue.scope = []
    #expect(try catalogue.albumIDs(.random(seed: 1), limit: 9).isEmpty)
  }
}
