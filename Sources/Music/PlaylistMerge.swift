/// What is said of a playlist beside its tracks.
package struct PlaylistDetails: Hashable, Sendable, Codable {
  package var name: String
  package var comment: String
  package var isPublic: Bool

  package init(name: String, comment: String = "", isPublic: Bool = false) {
    self.name = name
    self.comment = comment
    self.isPublic = isPublic
  }
}

/// A whole playlist as one side sees it. `Element` names a track.
package struct PlaylistContent<Element: Hashable & Sendable>: Hashable, Sendable {
  package var details: PlaylistDetails
  package var tracks: [Element]

  package init(details: PlaylistDetails, tracks: [Element]) {
    self.details = details
    self.tracks = tracks
  }
}

/// What no rule decides: the listener is asked.
package enum PlaylistConflict: Hashable, Sendable, Codable {
  /// Both sides gave a new name; the merged list has ours until somebody decides.
  case renamed(ours: String, theirs: String)
  /// Deleted there, edited here: keep it as a new list, or accept that it is gone. The merged list is ours.
  case deletedThere
}

/// Two versions of a playlist that come from one base, made into one: a pure value.
///
/// Tracks: what either side added is there, what either removed is gone, moves and additions all happen (`ListMerge`).
/// Details: what only one side changed is as that side says; where both changed, ours stands, and two new names ask.
package struct PlaylistMerge<Element: Hashable & Sendable>: Hashable, Sendable {
  /// nil: the list is to be gone.
  package let merged: PlaylistContent<Element>?
  package let conflicts: [PlaylistConflict]

  /// nil stands for a list that was deleted on that side. Deleted here is deleted, whatever happened there.
  package init(base: PlaylistContent<Element>, ours: PlaylistContent<Element>?, theirs: PlaylistContent<Element>?) {
    guard let ours else {
      (merged, conflicts) = (nil, [])
      return
    }
    guard let theirs else {
      (merged, conflicts) = ours == base ? (nil, []) : (ours, [.deletedThere])
      return
    }
    merged = PlaylistContent(
      details: PlaylistDetails(merging: base.details, ours: ours.details, theirs: theirs.details),
      tracks: ListMerge.merge(base: base.tracks, ours: ours.tracks, theirs: theirs.tracks))
    let names = Set([base.details.name, ours.details.name, theirs.details.name])
    conflicts =
      names.count == 3 ? [.renamed(ours: ours.details.name, theirs: theirs.details.name)] : []
  }
}

extension PlaylistDetails {
  /// Name by name, comment by comment: ours where we changed it, else theirs.
  package init(merging base: Self, ours: Self, theirs: Self) {
    name = ours.name == base.name ? theirs.name : ours.name
    comment = ours.comment == base.comment ? theirs.comment : ours.comment
    isPublic = ours.isPublic == base.isPublic ? theirs.isPublic : ours.isPublic
  }
}
