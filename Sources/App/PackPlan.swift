import Music

/// Which tracks of some lists go on a journey that has room for so many bytes: whole tracks, in the order of the lists
/// and within them; one that is too large for what is left is passed over, and what follows it may still fit.
struct PackPlan {
  struct Item: Hashable {
    var track: Track
    /// What it takes, or will; in bytes.
    var size: Int64
  }

  private(set) var chosen: [Item] = []
  private(set) var left: [Item] = []
  /// Of those that are chosen.
  private(set) var size: Int64 = 0

  /// - Parameter bitRate: in kbit/s; 0: the files as the server holds them.
  init(_ tracks: [Track], budget: Int64, bitRate: Int) {
    var seen: Set<TrackID> = []
    for track in tracks where track.origin != .local && !track.isRadio && seen.insert(track.id).inserted {
      let item = Item(track: track, size: Self.size(of: track, bitRate: bitRate))
      if item.size <= budget - size {
        chosen.append(item)
        size += item.size
      } else {
        left.append(item)
      }
    }
  }

  /// As the server says where the file itself is meant; else what the bit rate comes to, with room for tags and a cover.
  static func size(of track: Track, bitRate: Int) -> Int64 {
    let isFile = bitRate == 0 || track.isDecodedHere && (1...bitRate).contains(track.bitRate)
    if isFile, track.isDecodedHere, track.size > 0 { return track.size }
    let rate = bitRate > 0 ? bitRate : track.bitRate > 0 ? min(track.bitRate, 320) : 320
    return Int64(max(track.duration, 1)) * Int64(rate) * 125 + tagRoom
  }

  private static let tagRoom: Int64 = 64 << 10
}
