extension Wire {
  package struct License: Codable, Hashable, Sendable {
    package var valid: Bool
    package var email: String?
    package var licenseExpires: WireDate?

    package init(valid: Bool) { self.valid = valid }

    package init(from decoder: any Decoder) throws {
      let fields = try LenientFields(decoder, CodingKeys.self)
      valid = fields.bool(.valid) ?? true
      email = fields.string(.email)
      licenseExpires = fields.date(.licenseExpires)
    }
  }

  package struct OpenSubsonicExtension: Codable, Hashable, Sendable {
    package var name: String
    package var versions: [Int]

    package init(name: String, versions: [Int]) {
      self.name = name
      self.versions = versions
    }

    package init(from decoder: any Decoder) throws {
      let fields = try LenientFields(decoder, CodingKeys.self)
      name = try fields.id(.name)
      versions = fields.list(.versions)
    }
  }

  /// What a server is known by at whichever address it is reached: the same for everybody, and as lasting as what it keeps.
  /// No part of OpenSubsonic: it is told by an extension of this project's own, without credentials.
  package struct ServerIdentity: Codable, Hashable, Sendable {
    package static let extensionName = "serverIdentity"
    package var id: String

    package init(id: String) { self.id = id }

    package init(from decoder: any Decoder) throws {
      id = try LenientFields(decoder, CodingKeys.self).id(.id)
    }
  }

  /// Whose API key it is.
  package struct TokenInfo: Codable, Hashable, Sendable {
    package var username: String

    package init(username: String) { self.username = username }

    package init(from decoder: any Decoder) throws {
      username = try LenientFields(decoder, CodingKeys.self).id(.username)
    }
  }

  /// OpenSubsonic names `scanning` and `count`; the rest is what some servers add.
  package struct ScanStatus: Codable, Hashable, Sendable {
    package var scanning: Bool
    package var count: Int?
    package var folderCount: Int?
    package var lastScan: WireDate?

    package init(scanning: Bool, count: Int? = nil) {
      self.scanning = scanning
      self.count = count
    }

    package init(from decoder: any Decoder) throws {
      let fields = try LenientFields(decoder, CodingKeys.self)
      scanning = fields.bool(.scanning) ?? false
      count = fields.int(.count)
      folderCount = fields.int(.folderCount)
      lastScan = fields.date(.lastScan)
    }
  }

  /// All fourteen fields that the protocol requires. Clients should not gate anything on the roles.
  package struct User: Codable, Hashable, Sendable {
    package var username: String
    package var email: String?
    package var scrobblingEnabled = true
    package var adminRole = false
    package var settingsRole = false
    package var downloadRole = true
    package var uploadRole = false
    package var playlistRole = true
    package var coverArtRole = false
    package var commentRole = false
    package var podcastRole = false
    package var streamRole = true
    package var jukeboxRole = false
    package var shareRole = false
    package var videoConversionRole = false
    package var folder: [Int] = []

    package init(username: String) { self.username = username }

    package init(from decoder: any Decoder) throws {
      let fields = try LenientFields(decoder, CodingKeys.self)
      username = try fields.id(.username)
      email = fields.string(.email)
      scrobblingEnabled = fields.bool(.scrobblingEnabled) ?? false
      adminRole = fields.bool(.adminRole) ?? false
      settingsRole = fields.bool(.settingsRole) ?? false
      downloadRole = fields.bool(.downloadRole) ?? false
      uploadRole = fields.bool(.uploadRole) ?? false
      playlistRole = fields.bool(.playlistRole) ?? false
      coverArtRole = fields.bool(.coverArtRole) ?? false
      commentRole = fields.bool(.commentRole) ?? false
      podcastRole = fields.bool(.podcastRole) ?? false
      streamRole = fields.bool(.streamRole) ?? false
      jukeboxRole = fields.bool(.jukeboxRole) ?? false
      shareRole = fields.bool(.shareRole) ?? false
      videoConversionRole = fields.bool(.videoConversionRole) ?? false
      folder = fields.list(.folder)
    }
  }
}
