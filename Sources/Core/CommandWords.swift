/// The first word and what follows it, both without spaces at their ends.
func splitWord(_ line: some StringProtocol) -> (word: String, rest: String) {
  let scalars = line.unicodeScalars
  let start = scalars.firstIndex { !isSpace($0) } ?? scalars.endIndex
  let end = scalars[start...].firstIndex(where: isSpace) ?? scalars.endIndex
  return (String(line[start..<end]), trimmed(line[end...]))
}

func trimmed(_ text: some StringProtocol) -> String {
  let scalars = text.unicodeScalars
  guard let start = scalars.firstIndex(where: { !isSpace($0) }), let last = scalars.lastIndex(where: { !isSpace($0) })
  else { return "" }
  return String(text[start...last])
}

/// White space as `Character` knows it; most text is ASCII, where that needs no table.
private func isSpace(_ scalar: Unicode.Scalar) -> Bool {
  scalar.isASCII ? scalar == " " || (0x09...0x0D).contains(scalar.value) : scalar.properties.isWhitespace
}

/// Free text as it stands on a line: bare where that reads back the same, else in quotes with `\"`, `\\` and `\n`.
func quoted(_ text: String?) -> String? {
  guard let text else { return nil }
  let isBare = !text.isEmpty && trimmed(text) == text && text.first != "\"" && !text.contains(where: \.isNewline)
  return isBare ? text : inQuotes(text)
}

func inQuotes(_ text: String) -> String {
  var result = "\""
  for scalar in text.unicodeScalars {
    switch scalar {
    case "\"": result += "\\\""
    case "\\": result += "\\\\"
    case "\n": result += "\\n"
    case "\r": result += "\\r"
    default: result.unicodeScalars.append(scalar)
    }
  }
  return result + "\""
}

/// Undoes `quoted`. Text that is not in quotes from end to end is taken as it is.
func unquoted(_ text: String) -> String {
  guard text.count >= 2, text.first == "\"", text.last == "\"" else { return text }
  var result = String.UnicodeScalarView()
  var isEscaped = false
  for scalar in text.dropFirst().dropLast().unicodeScalars {
    if isEscaped {
      result.append(scalar == "n" ? "\n" : scalar == "r" ? "\r" : scalar)
      isEscaped = false
    } else if scalar == "\\" {
      isEscaped = true
    } else {
      result.append(scalar)
    }
  }
  return String(result)
}

extension SeekTarget: CustomStringConvertible {
  package var description: String {
    switch self {
    case .by(let seconds): seconds < 0 ? "\(seconds)" : "+\(seconds)"
    case .to(let seconds): "\(seconds)"
    case .percent(let part): "\(part)%"
    }
  }
}

extension Change: CustomStringConvertible {
  package var description: String {
    switch self {
    case .by(let amount): amount < 0 ? "\(amount)" : "+\(amount)"
    case .to(let value): "\(value)"
    }
  }
}
