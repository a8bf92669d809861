package import Music

// What was done, undone and done again, in words.

extension HistoryReturn {
  /// `12 tracks are in “Road” again.`
  package var sentence: String {
    let steps = Set(entries.map(\.step)).count
    if steps > 1 { return "\(steps) steps are \(isRedo ? "done again" : "undone"), to: \(entries.last!.words)." }
    guard let first = entries.first else { return "" }
    if entries.count > 1 { return manySentence(first) }
    return isRedo ? "Again: \(first.words)." : first.undoneSentence
  }

  /// Of a step that was many changes at once.
  private func manySentence(_ first: HistoryEntry) -> String {
    if isRedo { return "Again: \(HistoryEntry.words(ofStep: entries))." }
    switch first.change {
    case .star(_, true): return "\(entries.count) stars are taken away again."
    case .star: return "\(entries.count) stars are back."
    case .rate: return "\(entries.count) ratings are as they were."
    default: return "Undone: \(HistoryEntry.words(ofStep: entries))."
    }
  }
}

extension HistoryEntry {
  /// What the whole step was; its entries in any order.
  package static func words(ofStep entries: [HistoryEntry]) -> String {
    guard let first = entries.first else { return "" }
    if entries.count == 1 { return first.words }
    switch first.change {
    case .star(_, true) where entries.allSatisfy(\.isStar): return "starred \(entries.count) rows"
    case .star where entries.allSatisfy(\.isStar): return "took \(entries.count) stars away"
    case .rate(_, _, let to): return "rated \(entries.count) rows \(to)"
    default: return first.words + " and \(entries.count - 1) more"
    }
  }

  private var isStar: Bool { if case .star = change { true } else { false } }

  /// `added 12 tracks to “Road”`
  package var words: String {
    switch change {
    case .star(_, true): "starred “\(subject)”"
    case .star: "took the star of “\(subject)” away"
    case .rate(_, _, 0): "took the rating of “\(subject)” away"
    case .rate(_, _, let to): "rated “\(subject)” \(to) of 5"
    case .createPlaylist(_, 0): "made the playlist “\(subject)”"
    case .createPlaylist(_, let count): "made the playlist “\(subject)” with \(counted(count, "track"))"
    case .deletePlaylist: "deleted the playlist “\(subject)”"
    case .describePlaylist(_, let from, let to) where from.name != to.name: "renamed “\(from.name)” to “\(to.name)”"
    case .describePlaylist: "described “\(subject)” anew"
    case .editPlaylist(_, 0, 0): "put “\(subject)” into another order"
    case .editPlaylist(_, let added, 0): "added \(counted(added, "track")) to “\(subject)”"
    case .editPlaylist(_, 0, let removed): "removed \(counted(removed, "track")) from “\(subject)”"
    case .editPlaylist(_, let added, let removed): "changed “\(subject)”: \(added) in, \(removed) out"
    case .smart(nil, _): "made the smart playlist “\(subject)”"
    case .smart(_, nil): "deleted the smart playlist “\(subject)”"
    case .smart(let from?, let to?) where from.name != to.name: "renamed “\(from.name)” to “\(to.name)”"
    case .smart: "gave the smart playlist “\(subject)” another search"
    case .queue(let change, let added, let removed): queueWords(change, added, removed)
    }
  }

  private func queueWords(_ change: QueueChange, _ added: Int, _ removed: Int) -> String {
    switch change {
    case .play where removed == 0: "played \(what(added))"
    case .play: "played \(what(added)), in place of a queue of \(counted(removed, "track"))"
    case .add: "added \(what(added)) to the queue"
    case .remove: "removed \(what(removed)) from the queue"
    case .clear: "emptied the queue of \(counted(removed, "track"))"
    case .move: "moved \(subject.isEmpty ? "tracks" : "“\(subject)”") in the queue"
    case .shuffle: "shuffled the queue, or put it in order"
    case .sort: "put the queue into another order"
    case .edit: "changed the queue"
    }
  }

  /// `“Title”`, or how many.
  private func what(_ count: Int) -> String { subject.isEmpty ? counted(count, "track") : "“\(subject)”" }

  fileprivate var undoneSentence: String {
    switch change {
    case .star(_, true): "“\(subject)” has no star any more."
    case .star: "“\(subject)” has its star again."
    case .rate(_, 0, _): "“\(subject)” has no rating again."
    case .rate(_, let from, _): "“\(subject)” is rated \(from) of 5 again."
    case .createPlaylist: "The playlist “\(subject)” is gone again."
    case .deletePlaylist(_, let count): "The playlist “\(subject)” is back, with \(counted(count, "track"))."
    case .describePlaylist(_, let from, let to) where from.name != to.name:
      "“\(to.name)” is called “\(from.name)” again."
    case .describePlaylist: "“\(subject)” is described as before."
    case .editPlaylist(_, 0, 0): "“\(subject)” is in its old order again."
    case .editPlaylist(_, let added, 0): "\(verb(added, "is", "are")) out of “\(subject)” again."
    case .editPlaylist(_, 0, let removed): "\(verb(removed, "is", "are")) in “\(subject)” again."
    case .editPlaylist: "“\(subject)” is as it was."
    case .smart(nil, _): "The smart playlist “\(subject)” is gone again."
    case .smart(_, nil): "The smart playlist “\(subject)” is back."
    case .smart(let from?, let to?) where from.name != to.name: "“\(to.name)” is called “\(from.name)” again."
    case .smart: "“\(subject)” has its old search again."
    case .queue(let change, let added, let removed): undoneQueueSentence(change, added, removed)
    }
  }

  private func undoneQueueSentence(_ change: QueueChange, _ added: Int, _ removed: Int) -> String {
    switch change {
    case .play where removed == 0: "The queue is empty again."
    case .play, .clear: "The queue of \(counted(removed, "track")) is back."
    case .add: "\(what(added)) \(added == 1 ? "is" : "are") out of the queue again."
    case .remove: "\(what(removed)) \(removed == 1 ? "is" : "are") in the queue again."
    case .move, .sort: "The queue is in its old order again."
    case .shuffle: "The queue plays in its old order again."
    case .edit: "The queue is as it was."
    }
  }

  private func verb(_ count: Int, _ one: String, _ many: String) -> String {
    "\(counted(count, "track")) \(count == 1 ? one : many)"
  }
}

/// How long ago, in a few letters: `now`, `5 min`, `3 h`, `2 d`.
package func age(of moment: Timestamp, at now: Timestamp) -> String {
  let seconds = max(0, now.seconds - moment.seconds)
  switch seconds {
  case ..<60: return "now"
  case ..<3600: return "\(seconds / 60) min"
  case ..<86_400: return "\(seconds / 3600) h"
  default: return "\(seconds / 86_400) d"
  }
}
