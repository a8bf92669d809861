import OpenSubsonic

// Parameters as the protocol's types. What is missing or unreadable is a refusal, never a guess.
extension Request {
  func required(_ name: String) throws(Refusal) -> String {
    guard let value = value(name), !value.isEmpty else { throw .missing(name) }
    return value
  }

  /// nil when it is missing or empty.
  func number(_ name: String) throws(Refusal) -> Int? {
    guard let text = value(name), !text.isEmpty else { return nil }
    guard let number = Int(text) else { throw Refusal(.missingParameter, "\(name) is not a number.") }
    return number
  }

  /// Between 0 and the most that is given out at once.
  func count(_ name: String, default standard: Int, most: Int) throws(Refusal) -> Int {
    min(max(0, try number(name) ?? standard), most)
  }

  func offset(_ name: String) throws(Refusal) -> Int { max(0, try number(name) ?? 0) }

  /// nil when it is missing or empty.
  func flag(_ name: String) throws(Refusal) -> Bool? {
    switch value(name)?.lowercased() {
    case nil, "": return nil
    case "true", "1", "on", "yes": return true
    case "false", "0", "off", "no": return false
    default: throw Refusal(.missingParameter, "\(name) is neither true nor false.")
    }
  }
}
