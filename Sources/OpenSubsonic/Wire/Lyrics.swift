extension Wire {
  /// The answer of `getLyrics`: plain text, absent where there is none.
  package struct Lyrics: Codable, Hashable, Sendable {
    package var value: String
    package var artist: String?
    package var title: String?

    package init(value: String, artist: String? = nil, title: String? = nil) {
      (self.value, self.artist, self.title) = (value, artist, title)
    }

    package init(from decoder: any Decoder) throws {
      let fields = try LenientFields(decoder, CodingKeys.self)
      value = fields.string(.value) ?? ""
      artist = fields.string(.artist)
      title = fields.string(.title)
    }
  }

  package struct LyricsList: Codable, Hashable, Sendable {
    package var structuredLyrics: [StructuredLyrics]

    package init(structuredLyrics: [StructuredLyrics]) { self.structuredLyrics = structuredLyrics }

    package init(from decoder: any Decoder) throws {
      structuredLyrics = try LenientFields(decoder, CodingKeys.self).list(.structuredLyrics)
    }
  }

  /// One of a song's lyrics, in one language.
  package struct StructuredLyrics: Codable, Hashable, Sendable {
    package var lang: String
    package var synced: Bool
    package var line: [LyricsLine]
    package var displayArtist: String?
    package var displayTitle: String?
    /// In milliseconds; positive makes lines come earlier.
    package var offset: Int64?
    /// `main`, `translation`, `pronunciation`; absent with version 1 of the extension.
    package var kind: String?

    package init(lang: String, synced: Bool, line: [LyricsLine]) {
      (self.lang, self.synced, self.line) = (lang, synced, line)
    }

    package init(from decoder: any Decoder) throws {
      let fields = try LenientFields(decoder, CodingKeys.self)
      lang = fields.string(.lang) ?? ""
      line = fields.list(.line)
      synced = fields.bool(.synced) ?? line.contains { $0.start != nil }
      displayArtist = fields.string(.displayArtist)
      displayTitle = fields.string(.displayTitle)
      offset = fields.int64(.offset)
      kind = fields.string(.kind)
    }
  }

  package struct LyricsLine: Codable, Hashable, Sendable {
    package var value: String
    /// In milliseconds.
    package var start: Int64?

    package init(value: String, start: Int64? = nil) { (self.value, self.start) = (value, start) }

    package init(from decoder: any Decoder) throws {
      let fields = try LenientFields(decoder, CodingKeys.self)
      value = fields.string(.value) ?? ""
      start = fields.int64(.start)
    }
  }
}
