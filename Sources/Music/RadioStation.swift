package struct StationID: CatalogueID {
  package let rawValue: Int64
  package init(_ rawValue: Int64) { self.rawValue = rawValue }
}

/// An internet radio station: a name, and where its sound is sent from without an end.
package struct RadioStation: Hashable, Sendable, Identifiable {
  package var id: StationID
  /// The server that lists it, or this computer.
  package var origin: Origin
  /// nil until the server has given one.
  package var remoteID: RemoteID?
  package var name: String
  /// Of the sound itself, or of a playlist that names it.
  package var streamURL: String
  package var homePage: String

  package init(
    id: StationID, origin: Origin, remoteID: RemoteID? = nil, name: String, streamURL: String, homePage: String = ""
  ) {
    self.id = id
    self.origin = origin
    self.remoteID = remoteID
    self.name = name
    self.streamURL = streamURL
    self.homePage = homePage
  }
}

extension RadioStation {
  /// How the station stands in a queue: its id is the station's, negated, so that it is never a track's.
  package var track: Track {
    var track = Track(
      id: TrackID(-id.rawValue), origin: origin, remoteID: remoteID ?? "", title: name, album: "Radio")
    track.streamURL = streamURL
    return track
  }
}

extension Track {
  /// Sound without an end: it has no length, no place to seek to, is never fetched ahead, kept, starred or scrobbled.
  package var isRadio: Bool { streamURL != nil }

  /// The station that this track stands for.
  package var station: StationID? { id.rawValue < 0 ? StationID(-id.rawValue) : nil }
}
