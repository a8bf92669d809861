import FoundationEssentials
import HTTP
import Library
import Music
import OpenSubsonic

/// Makes a playlist on the server, once. What is sent is written down before: should the answer get lost, the list is known
/// again by its name and tracks.
struct PlaylistCreation {
  let sender: PlaylistSender
  let list: OutgoingPlaylist

  private var client: SubsonicClient { sender.client }
  private var catalogue: Catalogue { sender.catalogue }

  /// What was sent, as the outbox keeps it.
  private struct Sent: Codable {
    var name: String
    var tracks: [RemoteID]
    /// The user's lists that had this name already.
    var others: [RemoteID]
  }

  func run() throws -> EditSender.Fate {
    if sender.entry.isUncertain, let sent = try remembered(), let made = try find(sent) {
      return try finish(sent, made)
    }
    let sent = Sent(name: list.details.name, tracks: list.tracks, others: try namesakes(list.details.name).map(\.id))
    let text = String(decoding: try JSONEncoder().encode(sent), as: UTF8.self)
    try sender.write { try catalogue.noteSent(text, by: sender.entry.id) }
    let reply = try TrackWriting(sender: sender, held: []).write(list.tracks) { tracks throws(RemoteError) in
      try client.createPlaylist(named: sent.name, tracks: tracks)
    }
    // Servers of older versions do not tell what they made.
    return try afterwards {
      guard let made = try reply.map({ HeldPlaylist($0) }) ?? find(sent) else {
        throw RemoteError.server(code: ErrorCode.generic.rawValue, message: "the new playlist is not listed")
      }
      return try finish(sent, made)
    }
  }

  /// It was made: whatever goes wrong from here on, also an answer that says that nothing was done, it may be there.
  private func afterwards<Value>(_ body: () throws -> Value) throws -> Value {
    do { return try body() } catch let error as RemoteError where error.isWorthRetrying && !error.mayHaveArrived {
      throw RemoteError.transport(.connectionLost)
    }
  }

  /// What was sent by a version of the program that did not write it down is taken to be what stands here.
  private func remembered() throws -> Sent? {
    guard let text = try catalogue.sentText(of: sender.entry.id) else {
      let known = try catalogue.knownPlaylists(from: .remote(client.account.server)).keys
      return Sent(name: list.details.name, tracks: list.tracks, others: Array(known))
    }
    return try? JSONDecoder().decode(Sent.self, from: Data(text.utf8))
  }

  private func finish(_ sent: Sent, _ made: HeldPlaylist) throws -> EditSender.Fate {
    var made = made
    // Some answer with the list and no entries.
    if made.tracks != sent.tracks, let whole = try sender.fetch(made.record.remoteID) { made = whole }
    try sender.write {
      try catalogue.creationArrived(sender.entry.id, list.with(tracks: sent.tracks), made.record, tracks: made.tracks)
    }
    return .sent
  }

  /// The list that was made of what was sent: it was not there before, has the name, and nothing but those tracks.
  private func find(_ sent: Sent) throws -> HeldPlaylist? {
    let candidates = try namesakes(sent.name).filter { !sent.others.contains($0.id) }
    for candidate in candidates.sorted(by: { $0.createdSeconds > $1.createdSeconds }) {
      guard candidate.songCount <= sent.tracks.count, let held = try sender.fetch(candidate.id) else { continue }
      // Tracks that the server does not know may be missing.
      var rest = held.tracks[...]
      for track in sent.tracks where track == rest.first { rest.removeFirst() }
      if rest.isEmpty { return held }
    }
    return nil
  }

  /// The user's own lists of that name.
  private func namesakes(_ name: String) throws(RemoteError) -> [Wire.Playlist] {
    let user = client.account.credentials.user?.lowercased()
    let listed = try sender.ask { () throws(RemoteError) in try client.playlists() }
    return listed.filter {
      $0.name == name && (user == nil || $0.owner == nil || $0.owner?.lowercased() == user)
    }
  }
}

extension Wire.Playlist {
  fileprivate var createdSeconds: Int64 { created?.timestamp.seconds ?? 0 }
}
