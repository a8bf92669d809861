package import Music
import OpenSubsonic

/// Whether the server that `client` asks has these tracks: the same titles, lengths and sizes under the same names. A few
/// of them may be gone, or be described in another way, since they were learned.
/// - Throws: where it cannot be asked. Blocks for seconds.
package func hasSameMusic(_ client: SubsonicClient, as tracks: [Track]) throws(RemoteError) -> Bool {
  var same = 0
  for track in tracks {
    do {
      guard let song = try client.song(track.remoteID) else { continue }
      let isSize = song.size == nil || track.size == 0 || song.size == track.size
      if song.title == track.title, song.duration ?? 0 == track.duration, isSize { same += 1 }
    } catch {
      if error.meansOffline || error.isAboutCredentials { throw error }
    }
  }
  return !tracks.isEmpty && same * 4 >= tracks.count * 3
}
