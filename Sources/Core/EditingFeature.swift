import Music

// Marks, registers and changes of lists: each command has a file with its part.

extension AppState {
  mutating func perform(_ command: EditingCommand, _ token: ReplyToken?) -> [Effect] {
    switch command {
    case .range: return toggleRange()
    case .markAll: return markAll()
    case .markOthers: return markOthers()
    case .unmark:
      clearMarks()
      return []
    case .yank(let register): return yank(named(register), token)
    case .cut(let register): return cut(named(register))
    case .put(let before, let register): return put(before: before, named(register))
    case .name:
      isNamingRegister = true
      post(.whichRegister)
    case .registers: return showRegisters()
    case .again: return again(token)
    case .arrange(let arrangement): return perform(arrangement)
    case .lines(let range, let command): return perform(command, on: range, token)
    case .editor: return openEditor()
    }
    return []
  }

  /// The register that was named before the command, where the command names none.
  private mutating func named(_ register: Register) -> Register {
    defer { namedRegister = nil }
    return register == .unnamed ? namedRegister ?? register : register
  }
}
