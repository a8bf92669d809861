import Music

/// What the listener asks of lists: another view, a filter, an order, a search that is kept.
package enum ViewsCommand: Hashable, Sendable {
  /// nil: the list of views.
  case library(LibraryView?)
  /// nil: a filter is typed; empty: none.
  case filter(String?)
  /// nil: an order is chosen; empty: as the list is.
  case sort([TrackOrder]?)
  /// Keeps the search on the screen as a smart playlist; nil asks for its name.
  case saveSearch(String?)
  /// A smart playlist's search: nil shows it, to be changed.
  case smartEdit(String?)
  /// Makes an ordinary playlist of what the smart one holds; nil: under the same name.
  case smartFreeze(String?)
}

// MARK: As text

extension ViewsCommand {
  static let parsers: [String: SoundCommand.Parser] = [
    "library": { (a) throws(CommandError) in .views(.library(try a.optionalWord())) },
    "filter": { (a) throws(CommandError) in .views(.filter(a.rest == "off" ? "" : a.text)) },
    "sort": { (a) throws(CommandError) in .views(.sort(try a.orders())) },
    "save-search": { (a) throws(CommandError) in .views(.saveSearch(a.text)) },
    "smart": { (a) throws(CommandError) in .views(try a.smart()) },
  ]

  /// Name and argument.
  var words: (String, String?) {
    switch self {
    case .library(let view): ("library", view?.rawValue)
    case .filter(let text): ("filter", text.map { $0.isEmpty ? "off" : $0 == "off" ? "\"off\"" : quoted($0)! })
    case .sort(let orders): ("sort", orders.map { $0.isEmpty ? "off" : $0.text })
    case .saveSearch(let name): ("save-search", quoted(name))
    case .smartEdit(let query): ("smart edit", quoted(query))
    case .smartFreeze(let name): ("smart freeze", quoted(name))
    }
  }

  var group: CommandGroup {
    switch self {
    case .library: .screens
    case .filter, .sort: .rows
    case .saveSearch, .smartEdit, .smartFreeze: .playlists
    }
  }

  var summary: String {
    switch self {
    case .library(nil): "choose a view of the library"
    case .library(let view?): "the library: \(view.title.lowercased())"
    case .filter: "show only rows that hold some words"
    case .sort: "show the tracks in another order"
    case .saveSearch: "keep the search as a smart playlist"
    case .smartEdit: "change the search of a smart playlist"
    case .smartFreeze: "make an ordinary playlist of a smart one"
    }
  }
}

extension [TrackOrder] {
  /// `year desc title`, as the command takes it and as headings show it.
  package var text: String {
    map { $0.isDescending ? "\($0.column.rawValue) desc" : $0.column.rawValue }.joined(separator: " ")
  }
}

extension CommandArguments {
  /// `year desc title`; `off` for none.
  fileprivate func orders() throws(CommandError) -> [TrackOrder]? {
    if rest.isEmpty { return nil }
    if rest == "off" { return [] }
    var orders: [TrackOrder] = []
    for word in rest.lowercased().split(whereSeparator: \.isWhitespace) {
      if let column = TrackOrder.Column(rawValue: String(word)) {
        orders.append(TrackOrder(column))
      } else if !orders.isEmpty, word == "desc" || word == "asc" {
        orders[orders.count - 1].isDescending = word == "desc"
      } else {
        let columns = TrackOrder.Column.allCases.map(\.rawValue).joined(separator: ", ")
        throw .invalid(String(word), expected: "columns, each with desc behind it or not: \(columns); or off", of: name)
      }
    }
    return orders
  }

  fileprivate func smart() throws(CommandError) -> ViewsCommand {
    let (verb, argument) = splitWord(rest)
    let text = argument.isEmpty ? nil : unquoted(argument)
    switch verb {
    case "edit": return .smartEdit(text)
    case "freeze": return .smartFreeze(text)
    case "": throw .missing("one of edit, freeze", of: name)
    default: throw .invalid(verb, expected: "one of edit, freeze", of: name)
    }
  }
}

// MARK: Doing it

extension AppState {
  mutating func perform(_ command: ViewsCommand, _ token: ReplyToken?) -> [Effect] {
    switch command {
    case .library(let view): return showLibrary(view)
    case .filter(let text): return text.map { setFilter($0) } ?? startFilter()
    case .sort(let orders): return orders.map { sort(by: $0) } ?? chooseOrder()
    case .saveSearch(let name): return saveSearch(name)
    case .smartEdit(let query): return editSmartPlaylist(query)
    case .smartFreeze(let name): return freezeSmartPlaylist(name, replyTo: token)
    }
  }
}
