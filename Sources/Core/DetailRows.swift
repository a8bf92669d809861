import Music

// Details, as lines of a sheet. What is unknown has no line.

/// Collects lines; a heading without lines below it is left out.
private struct DetailLines {
  private(set) var rows: [SheetRow] = []
  private var heading: String?

  mutating func begin(_ heading: String) { self.heading = heading }

  mutating func add(_ label: String, _ text: String?) {
    guard let text, !text.isEmpty else { return }
    if let heading {
      if !rows.isEmpty { rows.append(SheetRow(label: "", text: "", isHeading: true)) }
      rows.append(SheetRow(label: heading, text: "", isHeading: true))
      self.heading = nil
    }
    rows.append(SheetRow(label: label, text: text))
  }

  mutating func add(_ label: String, number: Int) { add(label, number > 0 ? grouped(number) : nil) }
}

extension AppState {
  func detailRows(_ subject: DetailsSubject, _ facts: TrackFacts?) -> [SheetRow] {
    var lines = DetailLines()
    switch subject {
    case .track(let track):
      addTags(of: track, to: &lines)
      addListening(of: track, facts, to: &lines)
      addBytes(of: track, facts, to: &lines)
      addNames(of: track, facts, to: &lines)
    case .album(let album): addAlbum(album, to: &lines)
    case .artist(let artist):
      lines.add("Name", artist.name)
      lines.add("Albums", number: artist.albumCount)
      lines.add("Star", isStarred(artist) ? "yes" : "no")
      lines.add("Kept", isPinned(.artist(artist.id)) ? "on this computer" : nil)
      lines.add("ID", "\(artist.id.rawValue) here, \(artist.remoteID) at its origin")
    case .playlist(let playlist):
      lines.add("Name", playlist.name)
      lines.add("Tracks", grouped(playlist.trackCount))
      lines.add("Owner", playlist.owner)
      lines.add("Changes", playlist.isReadOnly ? "only by its owner" : "by you")
      lines.add("Kept", isPinned(.playlist(playlist.id)) ? "on this computer" : nil)
    }
    return lines.rows
  }

  private func addAlbum(_ album: Album, to lines: inout DetailLines) {
    lines.add("Name", album.name)
    lines.add("Artist", album.artist)
    lines.add("Year", album.year > 0 ? "\(album.year)" : nil)
    lines.add("Genre", album.genre)
    lines.add("Tracks", number: album.trackCount)
    lines.add("Length", album.duration > 0 ? clock(.seconds(album.duration)) : nil)
    lines.add("Star", isStarred(album) ? "yes" : "no")
    lines.add("Kept", isPinned(.album(album.id)) ? "on this computer" : nil)
    lines.add("ID", "\(album.id.rawValue) here, \(album.remoteID) at its origin")
  }

  private func addTags(of track: Track, to lines: inout DetailLines) {
    lines.add("Title", track.title)
    lines.add("Artist", track.artist)
    lines.add("Album", track.album)
    lines.add("Album artist", track.albumArtist == track.artist ? nil : track.albumArtist)
    let disc = track.discNumber > 0 ? "disc \(track.discNumber)" : nil
    let number = track.trackNumber > 0 ? "\(track.trackNumber)" : nil
    lines.add("Number", [number, disc].compactMap(\.self).joined(separator: ", "))
    lines.add("Year", track.year > 0 ? "\(track.year)" : nil)
    lines.add("Genre", track.genre)
    lines.add("Length", track.duration > 0 ? clock(.seconds(track.duration)) : nil)
    lines.add("Stream", track.streamURL)
  }

  private func addListening(of track: Track, _ facts: TrackFacts?, to lines: inout DetailLines) {
    guard !track.isRadio else { return }
    lines.begin("Listening")
    let since = facts?.starred.map { ", since \(moment($0))" } ?? ""
    lines.add("Star", isStarred(track) ? "yes\(since)" : "no")
    let rating = rating(of: track)
    lines.add("Rating", rating > 0 ? "\(rating) of 5" : "none")
    let plays = facts?.playCount ?? track.playCount
    lines.add("Plays", plays == 0 ? "none" : grouped(plays))
    lines.add("Last played", facts?.lastPlayed.map(moment))
    lines.add("Added", facts?.created.map(moment))
    lines.add("Replay gain", track.replayGain.map(\.text) ?? "not told")
  }

  private func addBytes(of track: Track, _ facts: TrackFacts?, to lines: inout DetailLines) {
    guard !track.isRadio else { return }
    lines.begin("Bytes")
    lines.add("File", fileText(track) + (track.channelCount > 0 ? ", \(counted(track.channelCount, "channel"))" : ""))
    lines.add("Size", track.size > 0 ? "\(byteCount(track.size)) (\(grouped(track.size)) bytes)" : nil)
    lines.add("Fetched", facts?.rendition.map(\.text))
    lines.add("Where", facts.map { whereabouts(of: track, $0) })
    let pins = [
      isPinned(.track(track.id)) ? "for its own sake" : nil,
      track.albumID.map { isPinned(.album($0)) } == true ? "with its album" : nil,
      track.artistID.map { isPinned(.artist($0)) } == true ? "with its artist" : nil,
      isPinned(.starred) && isStarred(track) ? "because it has a star" : nil,
    ].compactMap(\.self)
    lines.add("Kept", pins.isEmpty ? (facts?.mark == .kept ? "yes" : nil) : pins.joined(separator: ", "))
  }

  private func whereabouts(of track: Track, _ facts: TrackFacts) -> String {
    if track.origin == .local { return "a file of this computer" }
    let rest = isOffline ? "the rest is out of reach" : "the rest at the server"
    switch facts.mark {
    case .whole?, .kept?: return "whole, in the cache"
    case .partial?: return "\(max(1, min(99, Int(facts.heldPart * 100)))) % in the cache, \(rest)"
    case .absent?, nil: return isOffline ? "at the server, which is out of reach" : "at the server"
    }
  }

  private func addNames(of track: Track, _ facts: TrackFacts?, to lines: inout DetailLines) {
    lines.begin("Names")
    lines.add("From", facts?.place)
    lines.add("Path", facts?.path)
    lines.add("ID", track.isRadio ? nil : "\(track.id.rawValue) here, \(track.remoteID) at its origin")
    lines.add("MusicBrainz", facts?.musicBrainzID)
  }

  /// `2024-11-03, 18 days ago`.
  private func moment(_ moment: LocalTime) -> String {
    "\(calendarDay(moment)), \(ago(now.seconds - moment.time.seconds))"
  }
}

extension ReplayGain {
  fileprivate var text: String {
    let parts = [
      trackGain.map { "track \(decibels(Double($0)))" }, albumGain.map { "album \(decibels(Double($0)))" },
      trackPeak.map { "peak \(plain(Double($0)))" },
    ]
    return parts.compactMap(\.self).joined(separator: ", ")
  }
}

/// `3 minutes ago`: in the greatest unit that fits.
package func ago(_ seconds: Int64) -> String {
  switch seconds {
  case ..<60: "just now"
  case ..<3_600: "\(counted(Int(seconds / 60), "minute")) ago"
  case ..<86_400: "\(counted(Int(seconds / 3_600), "hour")) ago"
  case ..<(60 * 86_400): "\(counted(Int(seconds / 86_400), "day")) ago"
  case ..<(730 * 86_400): "\(counted(Int(seconds / (30 * 86_400)), "month")) ago"
  default: "\(counted(Int(seconds / (365 * 86_400)), "year")) ago"
  }
}

/// The day of a moment: `2024-11-03`. By the count of days since the first of March of the year 0, as Howard Hinnant's
/// `civil_from_days` has it.
package func calendarDay(_ moment: LocalTime) -> String {
  let days = Int((Double(moment.time.seconds + moment.offset) / 86_400).rounded(.down)) + 719_468
  let era = (days >= 0 ? days : days - 146_096) / 146_097
  let day = days - era * 146_097
  let year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365
  let ofYear = day - (365 * year + year / 4 - year / 100)
  let month = (5 * ofYear + 2) / 153
  func twoDigits(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
  let calendarMonth = month < 10 ? month + 3 : month - 9
  let calendarYear = year + era * 400 + (calendarMonth <= 2 ? 1 : 0)
  return "\(calendarYear)-\(twoDigits(calendarMonth))-\(twoDigits(ofYear - (153 * month + 2) / 5 + 1))"
}
