import Audio
import Cache
import Core
import FoundationEssentials
import Glibc
import Library
import Music
import PlaylistFiles

/// `dulcet export [PLAYLIST…] DIR`: writes what is cached as files for a device, with an M3U8 for each list.
/// - Returns: the exit code: 1 where something is not here.
func exportTracks(_ playlists: [String], to folder: String, paths: Paths) -> Int32 {
  withCatalogue(paths) { catalogue, _ in
    let store = ChunkStore(path: paths.chunkFile, cap: configuredCapacity(paths))
    if let failure = store.failure { throw failure }
    let cache = TrackCache(store: store, fetcher: NoFetcher(), isOnline: false)
    defer { cache.close() }
    let export = TrackExport(catalogue: catalogue, cache: cache, folder: try ExportFolder(path: folder))
    if playlists.isEmpty {
      try export.write(try catalogue.tracks(heldIn: cache), listed: "All music", saysMissing: false)
    } else {
      for name in playlists {
        let list = try catalogue.playlist(named: name)
        try export.write(try catalogue.tracks(of: list.id), listed: list.name, saysMissing: true)
      }
    }
    export.fillTags()
    export.summarise()
    return export.isWhole ? 0 : 1
  }
}

extension Catalogue {
  /// Every track of which some rendition is here whole, in the catalogue's order.
  fileprivate func tracks(heldIn cache: TrackCache) throws -> [Track] {
    let ids = try cache.wholeTracks().compactMap { try trackID($0.track, from: .remote($0.server)) }
    return try tracks(ids.sorted())
  }
}

/// One export, on the thread that runs it.
private final class TrackExport {
  private let catalogue: Catalogue
  private let cache: TrackCache
  private let folder: ExportFolder
  private var names: [TrackID: [String]] = [:]
  private var written: [WantedTags] = []
  private var there = 0
  private var bytes: Int64 = 0
  private var missing = 0
  private var failed = 0

  init(catalogue: Catalogue, cache: TrackCache, folder: ExportFolder) {
    self.catalogue = catalogue
    self.cache = cache
    self.folder = folder
  }

  var isWhole: Bool { missing == 0 && failed == 0 }

  func write(_ tracks: [Track], listed title: String, saysMissing: Bool) throws {
    var entries: [TrackDescription] = []
    for track in tracks {
      guard let name = try names[track.id] ?? write(track) else { continue }
      names[track.id] = name
      var entry = TrackDescription()
      entry.path = name.joined(separator: "/")
      entry.title = track.title
      entry.artist = track.artist
      entry.album = track.album
      entry.duration = track.duration
      entries.append(entry)
    }
    let list = PlaylistFile(title: title, tracks: entries).bytes(as: .m3u8)
    try folder.write([safeFileName(title) + ".m3u8"]) { take in try take(list) }
  }

  /// - Returns: its name in the folder; nil where it is not here, or could not be written.
  private func write(_ track: Track) throws -> [String]? {
    guard let (source, ending) = try source(of: track) else {
      missing += 1
      printSafely("not cached  \(track.title) – \(track.artist)")
      return nil
    }
    let name = folder.name(for: track, ending: ending)
    do {
      let size = try source.wholeSize()
      if let size, folder.size(of: name) == size {
        there += 1
        return name
      }
      try folder.write(name) { take in bytes += try source.readAll(take) }
      written.append(WantedTags(of: track, path: folder.path + "/" + name.joined(separator: "/")))
      return name
    } catch let error as ByteSourceError {
      failed += 1
      complain("\(track.title) could not be read (\(error)). “dulcet cache verify” looks for damage.")
      return nil
    }
  }

  private func source(of track: Track) throws -> (any ByteSource, ending: String)? {
    if track.origin == .local, !track.isRadio {
      guard let path = try catalogue.path(of: track.id), let file = try? FileSource(path: PathText.bytes(of: path))
      else { return nil }
      return (file, track.suffix)
    }
    guard let key = track.renditionKey, let best = cache.bestWhole(of: key) else { return nil }
    return (cache.source(for: best, expectedSize: nil), best.rendition == .raw ? track.suffix : "mp3")
  }

  /// A server's files have their tags mostly; what is missing is added by a child, which alone opens tags.
  func fillTags() {
    guard !written.isEmpty, let server = Installation.server else { return }
    let list = folder.path + "/.dulcet-tags.\(getpid())"
    defer { unlink(list) }
    do {
      try replaceFile(list, with: Array(JSONEncoder().encode(written)), mode: 0o600)
      var filled = 0
      _ = try ChildProcess([server, "fill-tags", list]).readLines { if $0 == "filled" { filled += 1 } }
      if filled > 0 { print("tags were missing and are written: \(filled)") }
    } catch { complain("Missing tags could not be written. \(sentence(for: error))") }
  }

  func summarise() {
    print("written     \(counted(written.count, "file")), \(describeBytes(bytes))")
    if there > 0 { print("there       \(there) already") }
    if missing > 0 { print("not cached  \(missing): “dulcet pin” or “dulcet pack” keeps them here") }
  }
}

extension ByteSource {
  /// nil where only reading tells.
  fileprivate func wholeSize() throws(ByteSourceError) -> Int64? {
    // The length is known once the first byte was had.
    let byte = UnsafeMutableRawBufferPointer.allocate(byteCount: 1, alignment: 1)
    defer { byte.deallocate() }
    _ = try read(at: 0, into: byte)
    return size
  }

  /// - Returns: how many bytes there were.
  fileprivate func readAll(_ take: ([UInt8]) throws -> Void) throws -> Int64 {
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 16)
    defer { buffer.deallocate() }
    var offset: Int64 = 0
    while true {
      let count = try read(at: offset, into: buffer)
      if count == 0 { return offset }
      try take(Array(buffer[..<count]))
      offset += Int64(count)
    }
  }
}
