/// The answers of a theme to every role and every sign, which each frame asks for a hundred times. It is no part of what a
/// theme is: two themes are the same whether they have it or not.
struct ThemeLookup: Sendable {
  /// By ordinal; empty where nothing was prepared.
  private(set) var styles: [Style] = []
  private(set) var signs: [String] = []

  init() {}

  init(_ theme: Theme) {
    styles = Role.allCases.map { theme[$0] }
    signs = Sign.allCases.map { theme[$0] }
  }
}

extension ThemeLookup: Hashable {
  static func == (one: ThemeLookup, other: ThemeLookup) -> Bool { true }
  func hash(into hasher: inout Hasher) {}
}

// Swift keeps an enumeration without payloads as the number of its case.
extension Role {
  /// Its place in `allCases`.
  var ordinal: Int { Int(withUnsafeBytes(of: self) { $0[0] }) }
}

extension Sign {
  /// Its place in `allCases`.
  var ordinal: Int { Int(withUnsafeBytes(of: self) { $0[0] }) }
}
