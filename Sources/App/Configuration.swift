import Core

/// What the listener wrote: a command a line, `#` begins a comment line.
struct Configuration {
  private struct Line {
    let number: Int
    let command: Command
  }

  let path: String
  private var lines: [Line] = []
  private var told: [(line: Int, problem: String)] = []
  /// Why the file could not be read.
  private var failure: String?

  /// Those that can be carried out.
  var commands: [Command] { lines.map(\.command) }

  /// With line numbers, from the first line to the last.
  var problems: [String] {
    [failure].compactMap(\.self) + told.sorted { $0.line < $1.line }.map { at($0.line, $0.problem) }
  }

  /// For the notice line, which has one.
  var notice: String? {
    let problems = problems
    guard let first = problems.first else { return nil }
    let more = problems.count - 1
    return more == 0 ? first : "\(first) “dulcet doctor” lists this and \(more) more."
  }

  init(path: String) {
    self.path = path
    let bytes: [UInt8]?
    do {
      bytes = try readFile(path)
    } catch {
      failure = error.sentence
      return
    }
    let texts = String(decoding: bytes ?? [], as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
    var conflicts = KeymapConflicts()
    for (index, line) in texts.enumerated() {
      let text = line.drop { $0 == " " || $0 == "\t" }
      if !text.isEmpty, !text.hasPrefix("#") { take(String(text), index + 1, &conflicts) }
    }
  }

  private mutating func take(_ text: String, _ number: Int, _ conflicts: inout KeymapConflicts) {
    do {
      let command = try Command(parsing: text)
      if let problem = command.settingProblem {
        told.append((number, problem))
        return
      }
      lines.append(Line(number: number, command: command))
      if let conflict = conflicts.note(command, line: number) { told.append((number, conflict)) }
    } catch {
      told.append((number, error.sentence))
    }
  }

  private func at(_ line: Int, _ text: String) -> String { "\(path), line \(line): \(text)" }
}

// MARK: Keys

extension Configuration {
  /// Which keys of the keymap its lines hide, with line numbers.
  /// - Parameter settings: what is said before it, which may choose the keymap.
  func notes(under settings: [Command]) -> [String] {
    var hidden = HiddenKeys(under: settings + commands)
    return lines.compactMap { line in hidden.note(line.command).map { at(line.number, $0) } }
  }
}

// MARK: Themes

extension Configuration {
  /// Looks at every theme that is named. Whoever draws reads only the one that is worn.
  mutating func examineThemes(_ themes: ThemeFiles) {
    for name in Set(commands.compactMap(\.themeName)) {
      do { _ = try themes.read(name) } catch { refuse(theme: name, error) }
    }
  }

  /// The lines that want this theme do not hold.
  /// - Returns: whether there were any.
  @discardableResult
  mutating func refuse(theme name: String, _ problem: ThemeProblem) -> Bool {
    let wanting = lines.filter { $0.command.themeName == name }
    lines.removeAll { $0.command.themeName == name }
    told += wanting.map { ($0.number, problem.sentence) }
    return !wanting.isEmpty
  }
}

extension Command {
  /// `theme NAME` and `set theme NAME` say the same.
  var themeName: String? {
    switch self {
    case .theme(let name?), .set("theme", let name): name
    default: nil
    }
  }

  /// Why this setting cannot be had; nil for all else.
  fileprivate var settingProblem: String? {
    if case .set(let name, let value) = self { AppState.problem(ofSetting: name, value) } else { nil }
  }
}
