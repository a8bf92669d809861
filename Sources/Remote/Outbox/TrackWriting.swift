import Music
import OpenSubsonic

/// Writes a list of tracks of which a server may not know some: some servers skip those, others refuse the whole list.
struct TrackWriting {
  let sender: PlaylistSender
  /// What the server holds already, and so knows.
  let held: [RemoteID]

  /// Of more tracks than these a refused list is not searched for the guilty ones.
  private static let searchLimit = 200

  func write(
    _ tracks: [RemoteID], _ call: ([RemoteID]) throws(RemoteError) -> Wire.PlaylistWithSongs?
  ) throws(RemoteError) -> Wire.PlaylistWithSongs? {
    do {
      return try sender.ask { () throws(RemoteError) in try call(tracks) }
    } catch {
      guard case .server(let code, _) = error,
        [ErrorCode.notFound, .generic, .missingParameter].contains(ErrorCode(rawValue: code))
      else { throw error }
      let known = try withoutUnknown(tracks)
      if known.count == tracks.count { throw error }
      return try sender.ask { () throws(RemoteError) in try call(known) }
    }
  }

  /// What is there is what was wanted, but for tracks that the server does not know.
  func isAllButUnknown(_ now: [RemoteID], of wanted: [RemoteID]) throws(RemoteError) -> Bool {
    var rest = now[...]
    var missing: Set<RemoteID> = []
    for track in wanted { if track == rest.first { rest.removeFirst() } else { missing.insert(track) } }
    guard rest.isEmpty, missing.count <= Self.searchLimit else { return false }
    for track in missing.sorted() { if try isKnown(track) { return false } }
    return true
  }

  private func withoutUnknown(_ tracks: [RemoteID]) throws(RemoteError) -> [RemoteID] {
    let suspects = Set(tracks).subtracting(held)
    guard suspects.count <= Self.searchLimit else { return tracks }
    var unknown: Set<RemoteID> = []
    for track in suspects.sorted() { if try !isKnown(track) { unknown.insert(track) } }
    return tracks.filter { !unknown.contains($0) }
  }

  private func isKnown(_ track: RemoteID) throws(RemoteError) -> Bool {
    do {
      return try sender.ask { () throws(RemoteError) in try sender.client.song(track) } != nil
    } catch {
      if case .server = error, !error.isAboutCredentials { return false }
      if error.isNotFound { return false }
      throw error
    }
  }
}
