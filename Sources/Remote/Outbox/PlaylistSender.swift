import Library
import Music
import OpenSubsonic

/// Brings one playlist to the server: takes in what the server holds, so that the catalogue merges both, and writes the
/// whole list, once it is known that nobody has written in between.
///
/// The whole list is written each time: what servers make of removing by index differs from server to server, and is wrong
/// once somebody else has edited. What they made of it is read back, for some answer with nothing, some drop what they do
/// not know, some lose what two clients write at once, and some say yes and do nothing.
struct PlaylistSender {
  let client: SubsonicClient
  let catalogue: Catalogue
  let entry: OutboxEntry
  let passed: () -> Void
  let tell: (RemoteEvent) -> Void

  private var origin: Origin { .remote(client.account.server) }
  /// So often others may write in between before it is left for later.
  private static let patience = 4

  func send(_ id: PlaylistID) throws -> EditSender.Fate {
    guard let list = try catalogue.outgoing(id) else { return try done() }
    // Whatever the edit: where the server does not know the list yet, it is made.
    guard let remoteID = list.remoteID else { return try PlaylistCreation(sender: self, list: list).run() }
    guard let theirs = try fetch(remoteID) else { return .asks(try write { try catalogue.goneThere(id) }) }
    if let question = try takeIn(theirs, id) { return .asks(question) }
    guard let merged = try catalogue.outgoing(id) else { return try done() }
    if case .describePlaylist = entry.edit { return try describe(merged, remoteID) }
    return try replace(id, remoteID, theirs)
  }

  // MARK: Steps

  func ask<Answer>(_ call: () throws(RemoteError) -> Answer) throws(RemoteError) -> Answer {
    passed()
    let answer = try call()
    passed()
    return answer
  }

  func write<Answer>(_ change: () throws -> Answer) throws -> Answer {
    let answer = try change()
    passed()
    return answer
  }

  private func done() throws -> EditSender.Fate {
    try write { try catalogue.editSent(entry.id) }
    return .sent
  }

  /// nil when there is no such list.
  func fetch(_ remoteID: RemoteID) throws(RemoteError) -> HeldPlaylist? {
    do {
      return try ask { () throws(RemoteError) in try client.playlist(remoteID) }.map { HeldPlaylist($0) }
    } catch {
      if error.isNotFound { return nil }
      throw error
    }
  }

  /// - Returns: what came up between the two names, if the listener has to choose.
  private func takeIn(_ held: HeldPlaylist, _ id: PlaylistID) throws -> PlaylistQuestion? {
    let asked = try write { try catalogue.ingest(playlist: held.record, tracks: held.tracks, from: origin) }
    guard case .describePlaylist = entry.edit else {
      // The edit that it is about waits from now on: nobody else comes by to ask.
      if let asked { tell(.playlistAsks(asked)) }
      return nil
    }
    return try catalogue.playlistQuestions().first { $0.playlist == id }
  }

  // MARK: Tracks

  private func replace(_ id: PlaylistID, _ remoteID: RemoteID, _ theirs: HeldPlaylist) throws -> EditSender.Fate {
    var theirs = theirs
    var isIgnored = false
    for _ in 0..<Self.patience {
      guard let list = try catalogue.outgoing(id) else { return try done() }
      if list.tracks == theirs.tracks { return try finish(list, theirs) }
      try write { try catalogue.sendingBegins(of: id, list.tracks) }
      let writing = TrackWriting(sender: self, held: theirs.tracks)
      let reply = try writing.write(list.tracks) { tracks throws(RemoteError) in
        try client.replacePlaylist(remoteID, tracks: tracks)
      }
      // Some answer with nothing, or with the list and no entries.
      let told = reply.map { HeldPlaylist($0) }.flatMap { $0.tracks == list.tracks ? $0 : nil }
      guard let now = try told ?? fetch(remoteID) else { return .asks(try write { try catalogue.goneThere(id) }) }
      if try now.tracks == list.tracks || writing.isAllButUnknown(now.tracks, of: list.tracks) {
        return try finish(list, now)
      }
      // Somebody wrote at the same time, or nothing was written.
      isIgnored = now.tracks == theirs.tracks
      theirs = now
      _ = try takeIn(now, id)
    }
    if isIgnored {
      throw RemoteError.server(code: ErrorCode.notAuthorized.rawValue, message: "the list did not change")
    }
    throw RemoteError.serverBroke(message: "others change the list at the same time")
  }

  /// Name and visibility are told again where a server lost them on the way.
  private func finish(_ list: OutgoingPlaylist, _ now: HeldPlaylist) throws -> EditSender.Fate {
    var now = now
    if let before = list.serverDetails, before.isPublic != now.record.isPublic || before.name != now.record.name {
      try update(now.record.remoteID, before, sinceName: now.record.name, sinceComment: now.record.comment)
      now.record.name = before.name
      now.record.isPublic = before.isPublic
    }
    try write { try catalogue.playlistArrived(entry.id, list, now.record, tracks: now.tracks) }
    return .sent
  }

  // MARK: Name, comment, visibility

  private func describe(_ list: OutgoingPlaylist, _ remoteID: RemoteID) throws -> EditSender.Fate {
    let server = list.serverDetails
    if list.details != server {
      try update(remoteID, list.details, sinceName: server?.name, sinceComment: server?.comment)
    }
    try write { try catalogue.descriptionArrived(entry.id, list) }
    return .sent
  }

  /// Sends what differs, and the visibility in any case: some servers change it when it is left out.
  func update(
    _ remoteID: RemoteID, _ details: PlaylistDetails, sinceName name: String?, sinceComment comment: String?
  ) throws(RemoteError) {
    // LMS makes a list public for any value of the parameter, and private without it.
    let isPublic = client.account.serverType == "lms" && !details.isPublic ? nil : details.isPublic
    try ask { () throws(RemoteError) in
      try client.updatePlaylist(
        remoteID, name: details.name == name ? nil : details.name,
        comment: details.comment == comment ? nil : details.comment, isPublic: isPublic)
    }
  }
}

/// A list as a server tells it.
struct HeldPlaylist {
  var record: PlaylistRecord
  var tracks: [RemoteID]

  init(_ list: Wire.PlaylistWithSongs) {
    record = PlaylistRecord(list.playlist)
    tracks = list.entry.filter { !$0.isDir }.map(\.id)
  }
}
