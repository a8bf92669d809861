// LRC: lines with times, as files, tags and servers hold them (https://en.wikipedia.org/wiki/LRC_(file_format)).

extension Lyrics {
  /// Reads LRC, or plain text where no line has a time. Whatever is wrong with a line makes it plain text.
  package init(text: String, language: String = "", source: Source) {
    var lines: [Line] = []
    var shift = Duration.zero
    for raw in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).prefix(4 * Lyrics.mostLines) {
      var rest = Substring(raw.drop { $0 == "\u{FEFF}" || $0 == " " || $0 == "\t" })
      var times: [Duration] = []
      var isTag = false
      while let tag = leadingTag(&rest) {
        if let time = lyricTime(tag) { times.append(time) } else if let told = offset(tag) { shift = told }
        isTag = true
      }
      let words = withoutWordTimes(rest)
      if times.isEmpty, isTag, words.isEmpty { continue }
      if times.isEmpty { lines.append(Line(text: isTag ? withoutWordTimes(Substring(raw)) : words)) }
      for time in times { lines.append(Line(time: time, text: words)) }
    }
    lines = lines.map { Line(time: $0.time.map { max(.zero, $0 - shift) }, text: $0.text) }
    self.init(lines: lines, language: language, source: source)
  }

  /// As LRC; plain text where times are not known. `init(text:)` reads it back.
  package var text: String {
    lines.map { line in
      guard let time = line.time else { return line.text }
      let milliseconds = time.components.seconds * 1000 + time.components.attoseconds / 1_000_000_000_000_000
      func digits(_ number: Int64, _ count: Int) -> String {
        String(repeating: "0", count: max(0, count - String(number).count)) + String(number)
      }
      let (minutes, rest) = (milliseconds / 60_000, milliseconds % 60_000)
      return "[\(digits(minutes, 2)):\(digits(rest / 1000, 2)).\(digits(rest % 1000, 3))]" + line.text
    }.joined(separator: "\n")
  }
}

/// Takes `[…]` off the front and returns what is in it; nil where there is none, or where it is words: `[Chorus]`.
private func leadingTag(_ line: inout Substring) -> Substring? {
  guard line.first == "[", let end = line.firstIndex(of: "]") else { return nil }
  let tag = line[line.index(after: line.startIndex)..<end]
  guard tag.contains(":") else { return nil }
  line = line[line.index(after: end)...]
  return tag
}

/// `offset:+250` in milliseconds: positive makes lines come earlier.
private func offset(_ tag: Substring) -> Duration? {
  let parts = tag.split(separator: ":", maxSplits: 1)
  guard parts.count == 2, parts[0].lowercased() == "offset" else { return nil }
  let number = parts[1].filter { !$0.isWhitespace }
  return Int64(number.hasPrefix("+") ? String(number.dropFirst()) : String(number))
    .flatMap { abs($0) <= 3_600_000 ? .milliseconds($0) : nil }
}

/// `mm:ss`, `mm:ss.xx`, `mm:ss.xxx`, `mm:ss:xx`, `h:mm:ss.xx`; nil for anything else.
func lyricTime(_ text: Substring) -> Duration? {
  let parts = text.split(separator: ":", omittingEmptySubsequences: false)
  guard (2...3).contains(parts.count), parts.allSatisfy({ $0.utf8.count <= 6 }) else { return nil }
  let seconds = parts.last!.split(separator: ".", omittingEmptySubsequences: false)
  if parts.count == 3, seconds.count == 1, let hundredths = fraction(parts[2]) {
    return whole(parts[0], parts[1]).map { $0 + hundredths }
  }
  guard seconds.count <= 2, let tail = seconds.count == 2 ? fraction(seconds[1]) : .zero else { return nil }
  let minutes = whole(parts[parts.count - 2], seconds[0])
  let hours = parts.count == 3 ? number(parts[0]) : 0
  guard let minutes, let hours else { return nil }
  return minutes + tail + .seconds(hours * 3600)
}

private func whole(_ minutes: Substring, _ seconds: Substring) -> Duration? {
  guard let minutes = number(minutes), let seconds = number(seconds), seconds < 60, minutes < 10_000 else { return nil }
  return .seconds(minutes * 60 + seconds)
}

/// Digits behind the point.
private func fraction(_ digits: Substring) -> Duration? {
  guard (1...3).contains(digits.utf8.count), let value = number(digits) else { return nil }
  return .milliseconds(value * [100, 10, 1][digits.utf8.count - 1])
}

private func number(_ digits: Substring) -> Int? {
  !digits.isEmpty && digits.utf8.allSatisfy { (0x30...0x39).contains($0) } ? Int(digits) : nil
}

/// Without the times of single words (`<00:12.34>`) and the blanks around.
private func withoutWordTimes(_ line: Substring) -> String {
  var result = ""
  var rest = line
  while let start = rest.firstIndex(of: "<") {
    result += rest[..<start]
    let inside = rest[rest.index(after: start)...]
    if let end = inside.firstIndex(of: ">"), lyricTime(inside[..<end]) != nil {
      rest = inside[inside.index(after: end)...]
    } else {
      result += "<"
      rest = inside
    }
  }
  result += rest
  let words = result.split(separator: " ", omittingEmptySubsequences: true)
  return words.joined(separator: " ")
}
