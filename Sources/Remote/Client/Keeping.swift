package import Music
package import OpenSubsonic

// The calls about what a server keeps for the next session: the queue and the bookmarks.

extension SubsonicClient {
  /// The current song is known by its place, where the server tells it: it may stand in the queue twice. nil from servers
  /// that hold none.
  package func playQueue() throws(RemoteError) -> Wire.PlayQueueByIndex? {
    if account.extensions.contains("indexBasedQueue") {
      return try call(SubsonicRequest(.getPlayQueueByIndex)).playQueueByIndex
    }
    return try call(SubsonicRequest(.getPlayQueue)).playQueue.map { queue in
      let place = queue.entry.firstIndex { $0.id == queue.current }
      return Wire.PlayQueueByIndex(currentIndex: place, position: queue.position, entry: queue.entry)
    }
  }

  /// An empty list takes the saved queue away, where the server can do that.
  /// - Parameters:
  ///   - current: a position in `tracks`.
  ///   - position: in milliseconds.
  package func savePlayQueue(_ tracks: [RemoteID], current: Int?, position: Int64) throws(RemoteError) {
    var parameters = tracks.map { Parameter("id", $0) }
    // Only by its place is a track known that stands in the queue twice.
    let byIndex = account.extensions.contains("indexBasedQueue")
    if let current, tracks.indices.contains(current) {
      parameters.append(byIndex ? Parameter("currentIndex", current) : Parameter("current", tracks[current]))
      parameters.append(Parameter("position", String(position)))
    }
    try call(SubsonicRequest(byIndex ? .savePlayQueueByIndex : .savePlayQueue, parameters), asForm: true)
  }

  package func bookmarks() throws(RemoteError) -> [Wire.Bookmark] {
    try call(SubsonicRequest(.getBookmarks)).bookmarks?.bookmark ?? []
  }

  /// In place of the one that the track has.
  /// - Parameter position: in milliseconds.
  package func createBookmark(_ track: RemoteID, position: Int64, comment: String) throws(RemoteError) {
    try call(
      SubsonicRequest(
        .createBookmark,
        [Parameter("id", track), Parameter("position", String(position)), Parameter("comment", comment)]))
  }

  package func deleteBookmark(_ track: RemoteID) throws(RemoteError) {
    try call(SubsonicRequest(.deleteBookmark, [Parameter("id", track)]))
  }

  package func song(_ id: RemoteID) throws(RemoteError) -> Wire.Child? {
    try call(SubsonicRequest(.getSong, [Parameter("id", id)])).song
  }
}
