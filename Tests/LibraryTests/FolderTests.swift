import Fixtures
import Music
import Testing

@testable import Library

@Suite("Folders of thousands")
struct FolderTests {
  private let directory = TemporaryDirectory()
  private let catalogue: Catalogue

  init() throws { catalogue = try Catalogue(path: directory.file("library.sqlite")) }

  private func add(_ paths: [String], to origin: Origin = .local) throws {
    let tracks = paths.enumerated().map { number, path in
      var track = TrackRecord(remoteID: RemoteID("\(number)"), title: "\(number)")
      track.path = path
      return track
    }
    try catalogue.pull(tracks, of: origin)
  }

  /// Names that begin alike and fold alike, of many letters.
  private func names(_ count: Int, _ seed: UInt64) -> [String] {
    var numbers = SmallNumbers(seed: seed)
    let starts = [
      "a", "A", "Á", "Æ", "the Very Long Beginning ", "The very long beginning ", "B", "夜", "ß", "1", "_", "É",
    ]
    let letters = ["a", "B", "é", " ", "-", "0", "9", "ø", "И", "z", "京"]
    return (0..<count).map { _ in
      starts[numbers.next(starts.count)]
        + (0..<1 + numbers.next(5)).map { _ in letters[numbers.next(letters.count)] }.joined()
    }
  }

  @Test(
    "the first names are those that all of them begin with, however they are written, of all origins",
    arguments: [3, 90, 900, 4000])
  func first(count: Int) throws {
    let home = Origin.remote(ServerID("home"))
    try add(names(count, 7).map { "\($0)/1.mp3" } + (0..<count / 3).map { "\($0).mp3" } + ["in/\(count)/x.mp3"])
    try add(names(count / 2, 8).flatMap { ["\($0)/1.mp3", "in/\($0)/2.mp3"] }, to: home)
    for scope in [[.local], [home], [.local, home], []] as [[Origin]] {
      catalogue.scope = scope
      for folder in ["", "in", "out"] {
        let all = try catalogue.contents(ofFolder: folder).folders
        for limit in [1, 10, 64, 5000] {
          guard let first = try catalogue.firstFolders(of: folder, limit: limit) else { continue }
          #expect(first == Array(all.prefix(limit)), "\(limit) in “\(folder)” of \(scope.count)")
        }
      }
    }
  }

  @Test("the first of thousands are told without reading all, also where all begin alike")
  func told() throws {
    try add((0..<3000).map { "Artist \($0)/\($0 % 2).mp3" } + (0..<3000).map { "flat/\($0)/1.mp3" })
    for folder in ["", "flat"] {
      let first = try #require(try catalogue.firstFolders(of: folder, limit: 64))
      #expect(try first == Array(catalogue.contents(ofFolder: folder).folders.prefix(64)))
    }
  }

  @Test("read in pieces a folder holds what it holds at once")
  func pieces() throws {
    try add(names(2000, 9).map { "in/\($0)/1.mp3" } + (0..<700).map { "in/\($0).mp3" })
    for folder in ["", "in", "in/a", "nowhere"] {
      var reading = FolderReading(of: folder)
      var pieces = 1
      while try !catalogue.readSome(of: &reading), pieces < 10_000 { pieces += 1 }
      #expect(try reading.contents == catalogue.contents(ofFolder: folder))
      #expect(folder == "in" ? pieces > 3 : pieces < 3)
    }
    #expect(try catalogue.contents(ofFolder: "in").hasTracks && !catalogue.contents(ofFolder: "").hasTracks)
  }

  @Test("the folders of the whole are remembered until something changes, here or elsewhere")
  func remembered() throws {
    func read(_ folder: String) throws {
      var reading = FolderReading(of: folder)
      while try !catalogue.readSome(of: &reading) {}
      catalogue.remember(reading)
    }
    try add(["a/b/1.mp3", "c/2.mp3"])
    #expect(try catalogue.knownContents(of: "") == nil)
    try read("a")
    #expect(try catalogue.knownContents(of: "a") == nil && catalogue.knownContents(of: "") == nil)
    try read("")
    #expect(try catalogue.knownContents(of: "")?.folders == ["a", "c"])
    catalogue.scope = []
    #expect(try catalogue.knownContents(of: "") == nil)
    catalogue.scope = [.local]
    let other = try Catalogue(path: directory.file("library.sqlite"))
    let pull = try other.beginPull(of: .local)
    var track = TrackRecord(remoteID: "d", title: "d")
    track.path = "d/3.mp3"
    try other.ingest(tracks: [track], in: pull)
    #expect(try catalogue.knownContents(of: "") == nil)
    try read("")
    #expect(try catalogue.knownContents(of: "")?.folders == ["a", "c", "d"])
    try catalogue.star(.track(#require(try catalogue.trackID("d", from: .local))), true)
    #expect(try catalogue.knownContents(of: "") == nil)
  }
}
