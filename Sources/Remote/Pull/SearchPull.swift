import Library
import OpenSubsonic

/// Pulls everything by an empty search, section after section, page after page.
struct SearchPull {
  let synchronizer: Synchronizer
  let pull: Pull
  /// What this server takes for "everything".
  let query: String

  private static let pageSize = 500
  private var client: SubsonicClient { synchronizer.client }
  private var catalogue: Catalogue { synchronizer.catalogue }

  func run(expecting trackCount: Int?) throws(SyncFailure) {
    let albums = try pages(
      .artists, total: nil, id: \.id, announces: { $0.albumCount ?? 0 },
      fetch: { window throws(RemoteError) in try client.search3(query, artists: window).artist },
      store: { try catalogue.ingest(artists: $0.map { ArtistRecord($0) }, in: pull, progress: $1) })
    let tracks = try pages(
      .albums, total: albums, id: \.id, announces: \.songCount,
      fetch: { window throws(RemoteError) in try client.search3(query, albums: window).album },
      store: { try catalogue.ingest(albums: $0.map { AlbumRecord($0) }, in: pull, progress: $1) })
    _ = try pages(
      .tracks, total: trackCount ?? tracks, id: \.id, announces: { _ in 0 },
      fetch: { window throws(RemoteError) in try client.search3(query, songs: window).song },
      store: { try catalogue.ingest(tracks: $0.compactMap { TrackRecord($0) }, in: pull, progress: $1) })
  }

  /// Pulls one section from where it stopped to its end: an empty page, since some servers shorten every page.
  /// - Returns: how many items of the next section were announced.
  private func pages<Item>(
    _ section: SyncProgress.Section, total: Int?, id: (Item) -> String, announces: (Item) -> Int,
    fetch: (Window) throws(RemoteError) -> [Item],
    store: ([Item], (section: String, value: String)) throws -> Void
  ) throws(SyncFailure) -> Int {
    let name = String(describing: section)
    var progress = SectionProgress(text: try stored { try catalogue.progress(of: name, in: pull) })
    var previous: [String] = []
    while !progress.isDone {
      try synchronizer.checkpoint()
      let window = Window(count: Self.pageSize, offset: progress.offset)
      let items = try asked { () throws(RemoteError) in try fetch(window) }
      let ids = items.map(id)
      // The same page twice: the server looks at no offset, and would answer so for ever.
      progress.isDone = items.isEmpty || ids == previous
      let fresh = progress.isDone ? [] : items
      previous = ids
      progress.offset += fresh.count
      for item in fresh { progress.announce(announces(item)) }
      try stored { try store(fresh, (name, progress.text)) }
      synchronizer.report(SyncProgress(section: section, done: progress.offset, total: total))
    }
    return progress.announced
  }
}
