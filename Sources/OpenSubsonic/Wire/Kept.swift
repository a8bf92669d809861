// What a server keeps for the user's next session.

extension Wire {
  /// The queue as some player saved it.
  package struct PlayQueue: Codable, Sendable {
    /// The id of the current song; text, though older servers send a number.
    package var current: String?
    /// In milliseconds.
    package var position: Int64
    package var username: String?
    package var changed: WireDate?
    package var changedBy: String?
    package var entry: [Child]

    package init(current: String? = nil, position: Int64 = 0, entry: [Child] = []) {
      self.current = current
      self.position = position
      self.entry = entry
    }

    package init(from decoder: any Decoder) throws {
      let fields = try LenientFields(decoder, CodingKeys.self)
      current = fields.string(.current)
      position = fields.int64(.position) ?? 0
      username = fields.string(.username)
      changed = fields.date(.changed)
      changedBy = fields.string(.changedBy)
      entry = fields.list(.entry)
    }
  }

  /// The same, with the current song known by its place: it may stand in the queue twice.
  package struct PlayQueueByIndex: Codable, Sendable {
    package var currentIndex: Int?
    /// In milliseconds.
    package var position: Int64
    package var username: String?
    package var changed: WireDate?
    package var changedBy: String?
    package var entry: [Child]

    package init(currentIndex: Int? = nil, position: Int64 = 0, entry: [Child] = []) {
      self.currentIndex = currentIndex
      self.position = position
      self.entry = entry
    }

    package init(from decoder: any Decoder) throws {
      let fields = try LenientFields(decoder, CodingKeys.self)
      currentIndex = fields.int(.currentIndex)
      position = fields.int64(.position) ?? 0
      username = fields.string(.username)
      changed = fields.date(.changed)
      changedBy = fields.string(.changedBy)
      entry = fields.list(.entry)
    }
  }

  package struct Bookmark: Codable, Sendable {
    /// In milliseconds.
    package var position: Int64
    package var username: String?
    package var comment: String?
    package var created: WireDate?
    package var changed: WireDate?
    package var entry: Child

    package init(position: Int64, comment: String? = nil, entry: Child) {
      self.position = position
      self.comment = comment
      self.entry = entry
    }

    package init(from decoder: any Decoder) throws {
      let fields = try LenientFields(decoder, CodingKeys.self)
      position = fields.int64(.position) ?? 0
      username = fields.string(.username)
      comment = fields.string(.comment)
      created = fields.date(.created)
      changed = fields.date(.changed)
      guard let song = fields.object(.entry, Child.self) else {
        throw DecodingError.keyNotFound(
          CodingKeys.entry, .init(codingPath: decoder.codingPath, debugDescription: "no song"))
      }
      entry = song
    }
  }

  package struct Bookmarks: Codable, Sendable {
    package var bookmark: [Bookmark]

    package init(bookmark: [Bookmark]) { self.bookmark = bookmark }

    package init(from decoder: any Decoder) throws {
      bookmark = try LenientFields(decoder, CodingKeys.self).list(.bookmark)
    }
  }
}
