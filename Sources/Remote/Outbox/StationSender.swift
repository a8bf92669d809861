import Library
import Music
import OpenSubsonic

/// Brings one radio station to the server as it now stands in the catalogue.
struct StationSender {
  let client: SubsonicClient
  let catalogue: Catalogue

  func send(_ id: StationID) throws {
    guard let station = try catalogue.station(id), station.origin == .remote(client.account.server) else { return }
    if let remoteID = station.remoteID {
      try client.updateRadioStation(
        remoteID, name: station.name, streamURL: station.streamURL, homePage: station.homePage)
    } else {
      try create(station)
    }
  }

  /// The server does not say what it called it; a try whose answer was lost may have made it already.
  private func create(_ station: RadioStation) throws {
    if let made = try find(station) { return try catalogue.setRemoteID(made.id, of: station.id) }
    try client.createRadioStation(station.name, streamURL: station.streamURL, homePage: station.homePage)
    guard let made = try find(station) else {
      throw RemoteError.server(code: ErrorCode.generic.rawValue, message: "the new station is not listed")
    }
    try catalogue.setRemoteID(made.id, of: station.id)
  }

  private func find(_ station: RadioStation) throws -> Wire.InternetRadioStation? {
    try client.radioStations().first { $0.name == station.name && $0.streamUrl == station.streamURL }
  }
}
