package import TUI

/// Where the parts of the login screen lie: the same answer for those who draw it and for the mouse.
package struct LoginLayout: Hashable, Sendable {
  package enum Part: Hashable, Sendable {
    case brand
    case heading(String)
    /// A name, and room for what is typed.
    case field(String, LoginState.Focus)
    case choice(String, LoginState.Focus)
    case problem(String)
    case busy

    package var focus: LoginState.Focus? {
      switch self {
      case .field(_, let focus), .choice(_, let focus): focus
      case .brand, .heading, .problem, .busy: nil
      }
    }
  }

  package struct Line: Hashable, Sendable {
    package let part: Part
    package let rect: Rect
  }

  /// Those that have room, from above.
  package let lines: [Line]
  /// The keys that help here.
  package let keys: Rect
  /// From a line's start to where its text field or its button begins.
  package static let label = 12

  package init(_ login: LoginState, _ size: Size) {
    let width = min(64, size.columns - 2)
    keys = Rect(column: 0, row: size.rows - 1, columns: size.columns, rows: 1)
    let parts = Self.parts(login, width: width, height: size.rows - 1)
    let rect = Rect(column: 0, row: 0, columns: size.columns, rows: size.rows - 1)
      .centred(Size(columns: width, rows: min(parts.count, size.rows - 1)))
    lines = parts.prefix(rect.rows).enumerated().compactMap { place, part in
      part.map {
        Line(part: $0, rect: Rect(column: rect.column, row: rect.row + place, columns: rect.columns, rows: 1))
      }
    }
  }

  /// With air between the parts where there is room; nil is an empty line.
  private static func parts(_ login: LoginState, width: Int, height: Int) -> [Part?] {
    let server: [Part?] = [
      .field("Address", .address), .field("User", .user), .field("Password", .password), .choice("Sign in", .signIn),
    ]
    let local: [Part?] = [.field("Folder", .folder), .choice("Hear the demo music", .demo)]
    var end: [Part?] = []
    if let problem = login.problem { end = wrapped(problem, to: width - 2).prefix(3).map { .problem($0) } }
    if login.isBusy { end = [.busy] }
    let top: [Part?] = [.brand, nil, .heading("Your music server (Subsonic, Navidrome, gonic, …)"), nil]
    let below: [Part?] = [.heading("or music on this computer"), nil]
    let airy = top + server.flatMap { [$0, nil] } + below + local.flatMap { [$0, nil] }
    if airy.count + 4 <= height { return airy + (end.isEmpty ? [nil] : end) }
    let roomy = top + server + [nil] + below + local
    if roomy.count + 4 <= height { return roomy + [nil] + (end.isEmpty ? [nil] : end) }
    return [.brand] + server + local + end
  }
}

extension AppState {
  /// A click puts the cursor into a field or presses a button; the wheel goes from one to the next.
  mutating func loginMouse(_ event: Mouse) -> [Effect] {
    guard let state = login else { return [] }
    switch event.action {
    case .wheelUp: return loginKey(.named(.backtab))
    case .wheelDown: return loginKey(.named(.tab))
    case .press, .doublePress:
      let line = LoginLayout(state, size).lines.first { $0.rect.contains(event.point) }
      guard let part = line?.part, let focus = part.focus else { return [] }
      login?.focus = focus
      if case .choice = part { return loginKey(.named(.enter)) }
      return []
    case .rightPress, .drag, .release: return []
    }
  }
}
