extension Wire {
  /// What `search3` finds.
  package struct SearchResult3: Codable, Sendable {
    package var artist: [ArtistID3]
    package var album: [AlbumID3]
    package var song: [Child]

    package init(artist: [ArtistID3] = [], album: [AlbumID3] = [], song: [Child] = []) {
      self.artist = artist
      self.album = album
      self.song = song
    }

    package init(from decoder: any Decoder) throws {
      let fields = try LenientFields(decoder, CodingKeys.self)
      artist = fields.list(.artist)
      album = fields.list(.album)
      song = fields.list(.song)
    }
  }

  /// Everything that the user has starred.
  package typealias Starred2 = SearchResult3

  package struct AlbumList2: Codable, Sendable {
    package var album: [AlbumID3]

    package init(album: [AlbumID3]) { self.album = album }

    package init(from decoder: any Decoder) throws {
      album = try LenientFields(decoder, CodingKeys.self).list(.album)
    }
  }

  /// The songs of `randomSongs` and `songsByGenre`.
  package struct Songs: Codable, Sendable {
    package var song: [Child]

    package init(song: [Child]) { self.song = song }

    package init(from decoder: any Decoder) throws {
      song = try LenientFields(decoder, CodingKeys.self).list(.song)
    }
  }

  package struct Genre: Codable, Hashable, Sendable {
    package var value: String
    package var songCount: Int
    package var albumCount: Int

    package init(value: String, songCount: Int, albumCount: Int) {
      self.value = value
      self.songCount = songCount
      self.albumCount = albumCount
    }

    package init(from decoder: any Decoder) throws {
      let fields = try LenientFields(decoder, CodingKeys.self)
      value = try fields.id(.value)
      songCount = fields.int(.songCount) ?? 0
      albumCount = fields.int(.albumCount) ?? 0
    }
  }

  package struct Genres: Codable, Sendable {
    package var genre: [Genre]

    package init(genre: [Genre]) { self.genre = genre }

    package init(from decoder: any Decoder) throws {
      genre = try LenientFields(decoder, CodingKeys.self).list(.genre)
    }
  }

  /// Songs being played now; each entry is a song and who plays it.
  package struct NowPlaying: Codable, Sendable {
    package var entry: [Child]

    package init(entry: [Child]) { self.entry = entry }

    package init(from decoder: any Decoder) throws {
      entry = try LenientFields(decoder, CodingKeys.self).list(.entry)
    }
  }
}
