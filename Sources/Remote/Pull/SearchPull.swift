import Library
import OpenSubsonic

/// Pulls everything by an empty search, section after section, page after page. A page that came as the last time is not
/// read: of a library that hardly changed, most are.
struct SearchPull {
  let synchronizer: Synchronizer
  let pull: Pull
  /// What this server takes for "everything".
  let query: String
  /// Pages that came as the last time, too.
  let readsAll: Bool

  private static let pageSize = 500
  private var client: SubsonicClient { synchronizer.client }
  private var catalogue: Catalogue { synchronizer.catalogue }

  func run(expecting trackCount: Int?) throws(SyncFailure) {
    let query = query
    let albums = try pages(
      .artists, .artist, total: nil, request: { SubsonicClient.search3(query, artists: $0) },
      items: { $0.artist.map { ToldItem(id: $0.id, announced: $0.albumCount ?? 0, record: ArtistRecord($0)) } },
      store: { try catalogue.ingest(artists: $0, in: pull, progress: $1, page: $2) })
    let tracks = try pages(
      .albums, .album, total: albums, request: { SubsonicClient.search3(query, albums: $0) },
      items: { $0.album.map { ToldItem(id: $0.id, announced: $0.songCount, record: AlbumRecord($0)) } },
      store: { try catalogue.ingest(albums: $0, in: pull, progress: $1, page: $2) })
    _ = try pages(
      .tracks, .track, total: trackCount ?? tracks, request: { SubsonicClient.search3(query, songs: $0) },
      items: { $0.song.map { ToldItem(id: $0.id, announced: 0, record: TrackRecord($0)) } },
      store: { try catalogue.ingest(tracks: $0, in: pull, progress: $1, page: $2) })
  }

  /// Pulls one section from where it stopped to its end: an empty page, since some servers shorten every page.
  /// - Returns: how many items of the next section were announced.
  private func pages<Record: Sendable>(
    _ section: SyncProgress.Section, _ kind: PageMark.Section, total: Int?,
    request: @escaping @Sendable (Window) -> SubsonicRequest,
    items: @escaping @Sendable (Wire.SearchResult3) -> [ToldItem<Record>],
    store: ([Record], (section: String, value: String), PageMark) throws -> Void
  ) throws(SyncFailure) -> Int {
    let name = String(describing: section)
    var progress = SectionProgress(text: try stored { try catalogue.progress(of: name, in: pull) })
    guard !progress.isDone else { return progress.announced }
    let known = readsAll ? [:] : try stored { try catalogue.knownPages(of: kind, from: pull.origin) }
    func walk(from offset: Int) -> PageWalk<Record> {
      PageWalk(client: client, from: offset, pageSize: Self.pageSize, known: known, request: request, items: items)
    }
    var ahead = PagesAhead(walk(from: progress.offset))
    defer { ahead.end() }
    while !progress.isDone {
      if try sendsEdits() {
        // What came before that may tell of a star or a rating as it was, and the outbox does not hold them any more.
        ahead.end()
        ahead = PagesAhead(walk(from: progress.offset))
      }
      let page = try asked { () throws(RemoteError) in try ahead.next() }
      let isSeen = page.items == nil ? try see(known[page.start], name, &progress) : false
      if !isSeen {
        let items =
          if let items = page.items {
            items
          } else {
            try asked { () throws(RemoteError) in try walk(from: page.start).read(page) }
          }
        progress.isDone = page.isLast
        progress.offset += items.count
        var announced = SectionProgress()
        for item in items { announced.announce(item.announced) }
        progress.announce(announced.announced)
        let mark = PageMark(
          section: kind, start: page.start, digest: page.digest, itemCount: items.count,
          announced: announced.announced)
        try stored { try store(items.compactMap(\.record), (name, progress.text), mark) }
      }
      synchronizer.report(SyncProgress(section: section, done: progress.offset, total: total))
    }
    return progress.announced
  }

  /// The moment between two pages in which edits go first.
  /// - Returns: whether the outbox is another one now.
  private func sendsEdits() throws(SyncFailure) -> Bool {
    let before = try stored { try catalogue.outboxState() }
    try synchronizer.checkpoint()
    return try stored { try catalogue.outboxState() } != before
  }

  /// A page that came as the last time.
  /// - Returns: false where it has to be read all the same.
  private func see(_ page: PageMark?, _ name: String, _ progress: inout SectionProgress) throws(SyncFailure) -> Bool {
    guard let page else { return false }
    var next = progress
    next.offset += page.itemCount
    next.announce(page.announced)
    guard try stored({ try catalogue.seePage(page, in: pull, progress: (name, next.text)) }) else { return false }
    progress = next
    return true
  }
}
