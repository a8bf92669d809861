import Music

/// A list read from the catalogue: its rows, where it stands, and the question that its rows answer.
///
/// Old rows stay until the new ones come; an answer to any but the latest question is dropped.
package struct Pane<Row: Hashable & Sendable & Identifiable>: Sendable {
  package internal(set) var rows: [Row] = []
  package internal(set) var list = ListCursor()
  /// How many rows there will be; nil where they are all here, or nobody knows.
  package private(set) var expected: Int?
  /// Another number whenever the rows change.
  private(set) var revision = 0
  private(set) var question: CatalogueQuestion?
  /// What the rows answer: an older question while a new one is under way.
  private(set) var answered: CatalogueQuestion?
  private var ticket: Ticket?
  private var isStale = false
  /// The last answer was that there is none.
  package private(set) var hasFailed = false
  /// The next rows come in an order of their own: the list begins at its top, wherever the cursor's row stands in it.
  private var beginsAnew = false

  package init() {}

  package var selected: Row? { rows.indices.contains(list.cursor) ? rows[list.cursor] : nil }
  /// Whether an answer is under way.
  var isAsking: Bool { ticket != nil }
  /// Whether the rows are those of the latest question.
  package var isLoaded: Bool { question != nil && ticket == nil }

  /// The marked rows, or the one under the cursor.
  var chosen: [Row] { list.chosen(of: rows.count).map { rows[$0] } }
}

extension Pane {
  /// Asks something new.
  mutating func ask(_ question: CatalogueQuestion, _ tickets: inout Tickets) -> [Effect] {
    if self.question == question, ticket != nil { return refresh(&tickets) }
    self.question = question
    isStale = false
    let fresh = tickets.next()
    ticket = fresh
    return [.ask(fresh, question)]
  }

  /// Goes to the top and stays there when the rows of the next answer come, unless the listener has moved on by then.
  mutating func beginAnew() {
    list = ListCursor()
    beginsAnew = true
  }

  /// Asks what may have been asked already: then again.
  mutating func askOrRefresh(_ question: CatalogueQuestion, _ tickets: inout Tickets) -> [Effect] {
    self.question == question ? refresh(&tickets) : ask(question, &tickets)
  }

  /// Asks the same again: at once, or when the answer that is under way has come.
  mutating func refresh(_ tickets: inout Tickets) -> [Effect] {
    guard let question else { return [] }
    if ticket != nil {
      isStale = true
      return []
    }
    let fresh = tickets.next()
    ticket = fresh
    return [.ask(fresh, question)]
  }

  /// The rows are those of the question, but it was asked again.
  var isBeingRefreshed: Bool { ticket != nil && answered == question }

  func expects(_ ticket: Ticket) -> Bool { self.ticket == ticket }

  /// Takes the answer in; a question that went stale meanwhile is asked again.
  mutating func accept(_ rows: [Row], _ tickets: inout Tickets) -> [Effect] {
    ticket = nil
    answered = question
    replace(rows)
    return askAgainIfStale(&tickets)
  }

  /// Takes the first rows of a long answer in, unless those of this question stand here already.
  /// - Returns: whether they are shown now.
  mutating func accept(part rows: [Row], of count: Int? = nil) -> Bool {
    guard answered != question else { return false }
    answered = question
    replace(rows, of: count)
    return true
  }

  /// Rows that answer a question which something else asked.
  mutating func answer(_ question: CatalogueQuestion, _ rows: [Row]) {
    (self.question, answered, ticket, isStale) = (question, question, nil, false)
    replace(rows)
  }

  /// The first of them; the others come under the ticket of the same asking.
  mutating func answer(_ question: CatalogueQuestion, part rows: [Row], _ ticket: Ticket) {
    answer(question, rows)
    self.ticket = ticket
  }

  /// Whatever answer is under way is not waited for any more.
  mutating func abandon() {
    if ticket != nil, answered != question { question = nil }
    (ticket, isStale, beginsAnew) = (nil, false, false)
  }

  /// The question could not be answered: the old rows stay.
  mutating func giveUp(_ tickets: inout Tickets) -> [Effect] {
    ticket = nil
    beginsAnew = false
    hasFailed = true
    return askAgainIfStale(&tickets)
  }

  /// Empties the pane and forgets its question.
  mutating func forget() {
    let last = revision
    self = Pane()
    revision = last + 1
  }

  /// New rows; the cursor stays on the row it was on, where that is still there.
  mutating func replace(_ fresh: [Row], of count: Int? = nil) {
    let old = selected?.id
    hasFailed = false
    expected = count
    revision += 1
    if !list.marked.isEmpty || list.anchor != nil { keepMarks(on: fresh) }
    rows = fresh
    defer { beginsAnew = false }
    if beginsAnew, list.cursor == 0 { return }
    guard let old, selected?.id != old else { return }
    if let place = fresh.firstIndex(where: { $0.id == old }) { list.cursor = place }
    list.cursor = max(0, min(list.cursor, fresh.count - 1))
  }

  /// Marks stay with their rows; those of rows that are gone go.
  private mutating func keepMarks(on fresh: [Row]) {
    let (before, after) = (rows.map(\.id), fresh.map(\.id))
    guard before != after else { return }
    let origins = ListMatching(from: before, to: after).origins
    var anchor: Int?
    var (marked, kept): (Set<Int>, Set<Int>) = ([], [])
    for (position, origin) in origins.enumerated() {
      guard let origin else { continue }
      if list.marked.contains(origin) { marked.insert(position) }
      if list.kept.contains(origin) { kept.insert(position) }
      if origin == list.anchor { anchor = position }
    }
    if let anchor { list.anchor = anchor } else { list.keepRange() }
    list.kept = kept
    list.marked = marked
  }

  /// Changes what is known of some rows; all stay where they are.
  mutating func revise(where isMeant: (Row) -> Bool, _ change: (inout Row) -> Void) {
    let places = rows.indices.filter { isMeant(rows[$0]) }
    guard !places.isEmpty else { return }
    for place in places { change(&rows[place]) }
    revision += 1
  }

  private mutating func askAgainIfStale(_ tickets: inout Tickets) -> [Effect] {
    guard isStale else { return [] }
    isStale = false
    return refresh(&tickets)
  }
}

/// Numbers questions.
struct Tickets: Sendable {
  private var last = 0
  mutating func next() -> Ticket {
    last += 1
    return Ticket(last)
  }
}
