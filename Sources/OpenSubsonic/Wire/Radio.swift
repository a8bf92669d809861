extension Wire {
  package struct InternetRadioStations: Codable, Hashable, Sendable {
    package var internetRadioStation: [InternetRadioStation]

    package init(internetRadioStation: [InternetRadioStation]) { self.internetRadioStation = internetRadioStation }

    package init(from decoder: any Decoder) throws {
      internetRadioStation = try LenientFields(decoder, CodingKeys.self).list(.internetRadioStation)
    }
  }

  package struct InternetRadioStation: Codable, Hashable, Sendable {
    package var id: String
    package var name: String
    package var streamUrl: String
    /// Written so here, and `homepageUrl` as a parameter.
    package var homePageUrl: String?

    package init(id: String, name: String, streamUrl: String, homePageUrl: String? = nil) {
      self.id = id
      self.name = name
      self.streamUrl = streamUrl
      self.homePageUrl = homePageUrl
    }

    package init(from decoder: any Decoder) throws {
      let fields = try LenientFields(decoder, CodingKeys.self)
      id = try fields.id(.id)
      streamUrl = try fields.id(.streamUrl)
      name = fields.string(.name) ?? ""
      homePageUrl = fields.string(.homePageUrl)
    }
  }
}
