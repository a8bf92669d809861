import Library
import OpenSubsonic

/// Pulls everything where searching for nothing brings nothing: all artists at once, then album after album.
struct AlbumPull {
  let synchronizer: Synchronizer
  let pull: Pull

  private static let pageSize = 500
  private var client: SubsonicClient { synchronizer.client }
  private var catalogue: Catalogue { synchronizer.catalogue }

  func run(expecting trackCount: Int?) throws(SyncFailure) {
    try pullArtists()
    var progress = try self.progress(of: "albums")
    var previous: [String] = []
    while !progress.isDone {
      try synchronizer.checkpoint()
      let window = Window(count: Self.pageSize, offset: progress.offset)
      let albums = try asked { () throws(RemoteError) in
        try client.albumList2(type: "alphabeticalByName", window)
      }
      // The same page twice: the server looks at no offset, and would answer so for ever.
      progress.isDone = albums.isEmpty || albums.map(\.id) == previous
      previous = albums.map(\.id)
      for album in progress.isDone ? [] : albums {
        progress.offset += 1
        progress.announce(album.songCount)
        try pullAlbum(album, progress)
        synchronizer.report(SyncProgress(section: .tracks, done: progress.announced, total: trackCount))
      }
    }
    try stored { try catalogue.ingest(in: pull, progress: ("albums", progress.text)) }
  }

  private func pullArtists() throws(SyncFailure) {
    var progress = try self.progress(of: "artists")
    guard !progress.isDone else { return }
    try synchronizer.checkpoint()
    let artists = try asked { () throws(RemoteError) in try client.artists() }
    progress.isDone = true
    try stored {
      try catalogue.ingest(artists: artists.map { ArtistRecord($0) }, in: pull, progress: ("artists", progress.text))
    }
    synchronizer.report(SyncProgress(section: .artists, done: artists.count, total: artists.count))
  }

  /// An album that went away meanwhile is left out.
  private func pullAlbum(_ listed: Wire.AlbumID3, _ progress: SectionProgress) throws(SyncFailure) {
    try synchronizer.checkpoint()
    let album: Wire.AlbumID3WithSongs?
    do { album = try client.album(listed.id) } catch {
      guard error.isNotFound else { throw .remote(error) }
      album = nil
    }
    try stored {
      try catalogue.ingest(
        albums: album.map { [AlbumRecord($0.album)] } ?? [],
        tracks: album?.song.compactMap { TrackRecord($0) } ?? [], in: pull, progress: ("albums", progress.text))
    }
  }

  private func progress(of section: String) throws(SyncFailure) -> SectionProgress {
    SectionProgress(text: try stored { try catalogue.progress(of: section, in: pull) })
  }
}
