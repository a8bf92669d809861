extension Wire {
  package struct MusicFolder: Codable, Hashable, Sendable {
    /// A number by the protocol; some servers write it as text.
    package var id: Int
    package var name: String?

    package init(id: Int, name: String) {
      self.id = id
      self.name = name
    }

    package init(from decoder: any Decoder) throws {
      let fields = try LenientFields(decoder, CodingKeys.self)
      id = fields.int(.id) ?? 0
      name = fields.string(.name)
    }
  }

  package struct MusicFolders: Codable, Sendable {
    package var musicFolder: [MusicFolder]

    package init(musicFolder: [MusicFolder]) { self.musicFolder = musicFolder }

    package init(from decoder: any Decoder) throws {
      musicFolder = try LenientFields(decoder, CodingKeys.self).list(.musicFolder)
    }
  }

  /// The roots of the folder tree, by initial. Absent altogether, or without `index`, when not modified.
  package struct Indexes: Codable, Sendable {
    package var ignoredArticles: String
    /// In milliseconds since 1970.
    package var lastModified: Int64
    package var index: [IndexID3]
    package var child: [Child]

    package init(ignoredArticles: String, lastModified: Int64, index: [IndexID3], child: [Child] = []) {
      self.ignoredArticles = ignoredArticles
      self.lastModified = lastModified
      self.index = index
      self.child = child
    }

    package init(from decoder: any Decoder) throws {
      let fields = try LenientFields(decoder, CodingKeys.self)
      ignoredArticles = fields.string(.ignoredArticles) ?? ""
      lastModified = fields.int64(.lastModified) ?? 0
      index = fields.list(.index)
      child = fields.list(.child)
    }
  }

  /// A folder and what is in it.
  package struct Directory: Codable, Sendable {
    package var id: String
    package var parent: String?
    package var name: String
    package var child: [Child]

    package init(id: String, parent: String? = nil, name: String, child: [Child]) {
      self.id = id
      self.parent = parent
      self.name = name
      self.child = child
    }

    package init(from decoder: any Decoder) throws {
      let fields = try LenientFields(decoder, CodingKeys.self)
      id = try fields.id(.id)
      parent = fields.string(.parent)
      name = fields.string(.name) ?? ""
      child = fields.list(.child)
    }
  }
}
