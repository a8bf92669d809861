import Music
import TUI

// Filters and orders of the list in hand.

/// A filter while it is typed.
package struct FilterField: Sendable {
  package let place: ListPlace
  package internal(set) var field: TextField
}

extension AppState {
  mutating func startFilter() -> [Effect] {
    guard let place = placeInHand else {
      post(Notice(.warning, "There is no list here that could be filtered."))
      return []
    }
    filterField = FilterField(place: place, field: TextField(arrangement(of: place)?.filter ?? ""))
    return []
  }

  /// Keys while a filter is typed: the list follows each of them.
  mutating func filterKey(_ key: Key) -> [Effect] {
    guard var typed = filterField else { return [] }
    switch key {
    case .named(.escape), .control("c"), .control("g"):
      filterField = nil
      return setFilter("", of: typed.place)
    case .named(.enter), .named(.tab):
      filterField = nil
      return []
    case .named(.down), .named(.up):
      return move(typed.place, key == .named(.down) ? .down : .up)
    case .named(.backspace) where typed.field.characters.isEmpty:
      filterField = nil
      return []
    default:
      guard typed.field.handle(key) else { return [] }
      filterField = typed
      return setFilter(typed.field.text, of: typed.place)
    }
  }

  mutating func setFilter(_ text: String) -> [Effect] {
    guard let place = placeInHand else {
      post(Notice(.warning, "There is no list here that could be filtered."))
      return []
    }
    return setFilter(text, of: place)
  }

  private mutating func setFilter(_ text: String, of place: ListPlace) -> [Effect] {
    let old = arrangements[place]?.filter ?? ""
    guard text != old else { return [] }
    arrangements[place, default: Arrangement()].filter = text
    // Longer words fit fewer rows: what is hidden stays so.
    arrange(place, narrows: !old.isEmpty && text.hasPrefix(old))
    return followFilter(place)
  }

  /// The cursor goes to a row that is shown.
  private mutating func followFilter(_ place: ListPlace) -> [Effect] {
    let before = self[place].cursor
    withShown(place) { list, _ in list.top = 0 }
    return self[place].cursor == before ? [] : follow(place)
  }

  /// Escape: takes the filter of the list in hand away. False where there is none.
  mutating func dropFilter() -> Bool {
    guard let place = placeInHand, arrangement(of: place)?.filter.isEmpty == false else { return false }
    _ = setFilter("", of: place)
    return true
  }

  /// Why rows cannot be moved about now; nil where they can.
  mutating func refuseWhileArranged(_ place: ListPlace) -> Bool {
    guard let arrangement = arrangement(of: place) else { return false }
    let why =
      arrangement.filter.isEmpty
      ? "The rows are shown in another order: “:sort off” shows them as they are."
      : "Some rows are hidden by the filter: \(lineMode == nil ? "Escape" : "“filter off”") shows them all."
    post(Notice(.warning, "Rows cannot be moved now. \(why)"))
    return true
  }

  // MARK: Order

  mutating func sort(by orders: [TrackOrder]) -> [Effect] {
    guard let place = placeInHand, place.holdsTracks else {
      post(Notice(.warning, "Only lists of tracks can be sorted. Go to one first."))
      return []
    }
    arrangements[place, default: Arrangement()].orders = orders
    arrange(place)
    return followFilter(place)
  }

  mutating func chooseOrder() -> [Effect] {
    guard let place = placeInHand, place.holdsTracks else { return sort(by: []) }
    let columns = TrackOrder.Column.allCases.map(\.rawValue)
    return choose(
      "sort", "Sort by: ", ["as it is"] + columns.flatMap { [$0, "\($0), descending"] },
      values: ["off"] + columns.flatMap { [$0, "\($0) desc"] })
  }
}

extension ListPlace {
  var holdsTracks: Bool { [.tracks, .queue, .playlistTracks, .found, .history].contains(self) }
}
