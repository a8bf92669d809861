extension Wire {
  /// An artist by its tags. Fields from `musicBrainzId` on are OpenSubsonic's.
  package struct ArtistID3: Codable, Hashable, Sendable {
    package var id: String
    package var name: String
    package var coverArt: String?
    package var artistImageUrl: String?
    package var albumCount: Int?
    package var starred: WireDate?

    package var musicBrainzId: String?
    package var sortName: String?
    package var roles: [String]?
    package var userRating: Int?

    package init(id: String, name: String, albumCount: Int? = nil) {
      self.id = id
      self.name = name
      self.albumCount = albumCount
    }
  }

  /// An artist with its albums: the same fields, and `album`, in one object.
  package struct ArtistWithAlbumsID3: Codable, Sendable {
    package var artist: ArtistID3
    package var album: [AlbumID3]

    package init(_ artist: ArtistID3, album: [AlbumID3]) {
      self.artist = artist
      self.album = album
    }

    private enum CodingKeys: String, CodingKey { case album }

    package init(from decoder: any Decoder) throws {
      artist = try ArtistID3(from: decoder)
      album = try LenientFields(decoder, CodingKeys.self).list(.album)
    }

    package func encode(to encoder: any Encoder) throws {
      try artist.encode(to: encoder)
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encode(album, forKey: .album)
    }
  }

  package struct IndexID3: Codable, Sendable {
    package var name: String
    package var artist: [ArtistID3]

    package init(name: String, artist: [ArtistID3]) {
      self.name = name
      self.artist = artist
    }

    package init(from decoder: any Decoder) throws {
      let fields = try LenientFields(decoder, CodingKeys.self)
      name = fields.string(.name) ?? ""
      artist = fields.list(.artist)
    }
  }

  package struct ArtistsID3: Codable, Sendable {
    /// Separated by spaces.
    package var ignoredArticles: String
    package var index: [IndexID3]

    package init(ignoredArticles: String, index: [IndexID3]) {
      self.ignoredArticles = ignoredArticles
      self.index = index
    }

    package init(from decoder: any Decoder) throws {
      let fields = try LenientFields(decoder, CodingKeys.self)
      ignoredArticles = fields.string(.ignoredArticles) ?? ""
      index = fields.list(.index)
    }
  }
}

extension Wire.ArtistID3 {
  package init(from decoder: any Decoder) throws {
    let fields = try LenientFields(decoder, CodingKeys.self)
    id = try fields.id(.id)
    name = fields.string(.name) ?? ""
    coverArt = fields.string(.coverArt)
    artistImageUrl = fields.string(.artistImageUrl)
    albumCount = fields.int(.albumCount)
    starred = fields.date(.starred)
    musicBrainzId = fields.string(.musicBrainzId)
    sortName = fields.string(.sortName)
    let roles = fields.list(.roles, of: String.self)
    self.roles = roles.isEmpty ? nil : roles
    userRating = fields.int(.userRating)
  }
}
