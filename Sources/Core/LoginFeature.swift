import TUI

/// The login screen: a server, or music on this computer, or the demo.
package struct LoginState: Sendable {
  /// What Tab goes through, in order.
  package enum Focus: Int, Hashable, Sendable, CaseIterable { case address, user, password, signIn, folder, demo }

  package internal(set) var focus = Focus.address
  package internal(set) var address = TextField()
  package internal(set) var user = TextField()
  /// Never drawn: only its length is.
  package internal(set) var password = TextField()
  package internal(set) var folder = TextField("~/Music")
  /// What went wrong, in words.
  package internal(set) var problem: String?
  /// What is being tried, in words.
  package internal(set) var isBusy = false
  /// Whether there is something to go back to.
  package let canClose: Bool

  init(canClose: Bool) { self.canClose = canClose }

  package var form: SignInForm {
    SignInForm(address: trimmed(address.text), user: trimmed(user.text), password: password.text)
  }

  mutating func moveFocus(by step: Int) {
    let count = Focus.allCases.count
    focus = Focus(rawValue: (focus.rawValue + step + count) % count)!
  }

  /// Whether the key edited the field that has the focus.
  mutating func edit(_ key: Key) -> Bool {
    switch focus {
    case .address: address.handle(key)
    case .user: user.handle(key)
    case .password: password.handle(key)
    case .folder: folder.handle(key)
    case .signIn, .demo: false
    }
  }
}

extension AppState {
  mutating func openLogin() -> [Effect] {
    login = LoginState(canClose: accounts.current != nil)
    return []
  }

  mutating func signInFailed(_ reason: String) {
    guard login != nil else { return post(Notice(.error, reason)) }
    login?.problem = reason
    login?.isBusy = false
  }

  mutating func loginKey(_ key: Key) -> [Effect] {
    switch key {
    case .control("c"), .control("q"): return [.quit]
    case .control("z"): return [.suspend]
    case .control("l"): return [.redraw]
    case .named(.escape):
      if login?.canClose == true { login = nil }
    case .named(.tab), .named(.down), .control("n"): login?.moveFocus(by: 1)
    case .named(.backtab), .named(.up), .control("p"): login?.moveFocus(by: -1)
    case .named(.enter): return enterOnLogin()
    case .named(.space) where login?.focus == .signIn || login?.focus == .demo: return enterOnLogin()
    default: _ = login?.edit(key)
    }
    return []
  }

  /// Enter goes on to the next empty field, and sends the form when it is full.
  private mutating func enterOnLogin() -> [Effect] {
    guard var state = login, !state.isBusy else { return [] }
    defer { login = state }
    state.problem = nil
    switch state.focus {
    case .address where state.form.user.isEmpty, .user where state.form.password.isEmpty:
      state.moveFocus(by: 1)
      return []
    case .address, .user, .password, .signIn: return signIn(&state)
    case .folder:
      guard !trimmed(state.folder.text).isEmpty else {
        state.problem = "Give the folder where your music is."
        return []
      }
      state.isBusy = true
      return [.openFolder(trimmed(state.folder.text))]
    case .demo:
      state.isBusy = true
      return [.openDemo]
    }
  }

  private func signIn(_ state: inout LoginState) -> [Effect] {
    if state.form.address.isEmpty {
      state.problem = "Give the address of your server, such as https://music.example.org."
      state.focus = .address
    } else if state.form.user.isEmpty, state.form.password.isEmpty {
      // A password without a user is an API key.
      state.problem = "Give your user name on that server."
      state.focus = .user
    } else {
      state.isBusy = true
      return [.signIn(state.form)]
    }
    return []
  }
}
