package import TUI

/// A tab of the header, as it is drawn and clicked on.
package struct Tab: Hashable, Sendable {
  package var screen: ScreenName
  /// Its key, which is its number as long as nobody bound another; empty where it has none.
  package var key: String
  /// Empty where there is no room for it.
  package var title: String
  package var rect: Rect

  /// What is drawn: key and title, with a space on each side.
  package fileprivate(set) var label = ""

  fileprivate var words: String { key.isEmpty || title.isEmpty ? " \(key)\(title) " : " \(key) \(title) " }
}

/// The tabs as they are for a size, while a screen is shown.
struct KeptTabs: Sendable {
  var size: Size
  var screen: ScreenName
  var tabs: [Tab]
}

extension AppState {
  /// Every screen that has a tab, and the one that is shown, ordered by its number. Where not all titles fit, the first ones and the current one have theirs.
  package var tabs: [Tab] {
    if let keptTabs, keptTabs.size == size, keptTabs.screen == screen { return keptTabs.tabs }
    return freshTabs
  }

  /// After every message: each frame draws them.
  mutating func keepTabs() {
    if let keptTabs, keptTabs.size == size, keptTabs.screen == screen { return }
    keptTabs = KeptTabs(size: size, screen: screen, tabs: freshTabs)
  }

  private var freshTabs: [Tab] {
    let header = layout.header
    // A remote control has one list.
    let shown = ScreenName.allCases.filter { (isAttached ? $0 == .queue : $0.hasTab) || $0 == screen }
    var tabs = shown.map { name in
      Tab(screen: name, key: keymap.key(of: name) ?? "", title: name.title, rect: header)
    }
    // Stable: those that have no number keep their order.
    let ranks = tabs.map(\.rank)
    if ranks != ranks.sorted() { tabs = tabs.enumerated().sorted { ($0.1.rank, $0.0) < ($1.1.rank, $1.0) }.map(\.1) }
    var width = tabs.reduce(0) { $0 + $1.words.count }
    for place in tabs.indices.reversed() where width > header.columns {
      if tabs[place].screen == screen || tabs[place].key.isEmpty { continue }
      width -= tabs[place].title.count + 1
      tabs[place].title = ""
    }
    var column = header.column
    for place in tabs.indices {
      tabs[place].label = tabs[place].words
      let columns = tabs[place].label.count
      tabs[place].rect = Rect(column: column, row: header.row, columns: columns, rows: 1)
      column += columns
    }
    return tabs
  }
}

extension Tab {
  /// Numbers first, then what has another key.
  fileprivate var rank: Int { Int(key).flatMap { (1...9).contains($0) ? $0 : nil } ?? 10 }
}
