extension Wire {
  /// A playlist without its entries. `readonly` is OpenSubsonic's.
  package struct Playlist: Codable, Hashable, Sendable {
    package var id: String
    package var name: String
    package var comment: String?
    package var owner: String?
    package var `public`: Bool?
    package var songCount = 0
    /// In seconds.
    package var duration = 0
    package var created: WireDate?
    package var changed: WireDate?
    package var coverArt: String?
    package var readonly: Bool?

    package init(id: String, name: String) {
      self.id = id
      self.name = name
    }

    package init(from decoder: any Decoder) throws {
      let fields = try LenientFields(decoder, CodingKeys.self)
      id = try fields.id(.id)
      name = fields.string(.name) ?? ""
      comment = fields.string(.comment)
      owner = fields.string(.owner)
      `public` = fields.bool(.public)
      songCount = fields.int(.songCount) ?? 0
      duration = fields.int(.duration) ?? 0
      created = fields.date(.created)
      changed = fields.date(.changed)
      coverArt = fields.string(.coverArt)
      readonly = fields.bool(.readonly)
    }
  }

  /// A playlist with its entries: the same fields, and `entry`, in one object.
  package struct PlaylistWithSongs: Codable, Sendable {
    package var playlist: Playlist
    package var entry: [Child]

    package init(_ playlist: Playlist, entry: [Child]) {
      self.playlist = playlist
      self.entry = entry
    }

    private enum CodingKeys: String, CodingKey { case entry }

    package init(from decoder: any Decoder) throws {
      playlist = try Playlist(from: decoder)
      entry = try LenientFields(decoder, CodingKeys.self).list(.entry)
    }

    package func encode(to encoder: any Encoder) throws {
      try playlist.encode(to: encoder)
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encode(entry, forKey: .entry)
    }
  }

  package struct Playlists: Codable, Sendable {
    package var playlist: [Playlist]

    package init(playlist: [Playlist]) { self.playlist = playlist }

    package init(from decoder: any Decoder) throws {
      playlist = try LenientFields(decoder, CodingKeys.self).list(.playlist)
    }
  }
}
