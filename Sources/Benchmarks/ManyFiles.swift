import Glibc

/// A folder of very short MP3 files with tags, for players that know music only from files: ten tracks an album, three
/// albums an artist.
func makeManyFiles(_ count: Int, in home: Home) {
  Music.tone(440, seconds: 1, title: "short", in: home)
  let short = home.music + "/short.mp3"
  let sound = withoutTag(readBytes(short) ?? []).prefix(2100)
  unlink(short)
  for number in 0..<count {
    let folder = "music/artist \(padded(number / 30))/album \(padded(number / 10))"
    if number % 10 == 0 { home.make(folder) }
    let tags = [
      ("TIT2", number == count - 7 ? needle : "Title \(number)"), ("TPE1", "Artist \(padded(number / 30))"),
      ("TALB", "Album \(padded(number / 10))"), ("TRCK", "\(number % 10 + 1)"),
    ]
    guard let file = fopen("\(home.path)/\(folder)/\(number).mp3", "we") else { continue }
    defer { fclose(file) }
    let bytes = id3(tags) + sound
    fwrite(bytes, 1, bytes.count, file)
  }
}

/// The title that a search has to find.
let needle = "Zyzzyva the needle"

private func padded(_ number: Int) -> String {
  String(repeating: "0", count: max(0, 6 - String(number).count)) + String(number)
}

/// ID3v2.4 with text frames in UTF-8 (id3.org).
private func id3(_ frames: [(name: String, text: String)]) -> [UInt8] {
  let body = frames.flatMap { frame -> [UInt8] in
    let content = [3] + Array(frame.text.utf8)
    return Array(frame.name.utf8) + synchsafe(content.count) + [0, 0] + content
  }
  return Array("ID3".utf8) + [4, 0, 0] + synchsafe(body.count) + body
}

private func synchsafe(_ number: Int) -> [UInt8] { [21, 14, 7, 0].map { UInt8(number >> $0 & 0x7F) } }

private func withoutTag(_ file: [UInt8]) -> ArraySlice<UInt8> {
  guard file.starts(with: Array("ID3".utf8)) else { return file[...] }
  return file.dropFirst(10 + file[6..<10].reduce(0) { $0 << 7 | Int($1) })
}
