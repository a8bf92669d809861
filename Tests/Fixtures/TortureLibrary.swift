import Foundation

/// Titles as no listener has them all, and every listener has some: what may come out of tags and servers.
package enum TortureLibrary {
  package static let titles: [(name: String, title: String)] = [
    ("Japanese", "夜の音楽 – 月の庭"), ("halfwidth kana", "ｶﾞﾝﾀﾞﾑ"), ("fullwidth", "ＦＵＬＬ　ＷＩＤＴＨ"),
    ("Korean", "한글 노래"), ("conjoining Korean", "\u{1112}\u{1161}\u{11AB}\u{1100}\u{1173}\u{11AF}"),
    ("Arabic", "مقام الليل (نسخة ٢)"), ("Arabic with marks", "فَيْرُوز"), ("Persian", "می\u{200C}خواهم"),
    ("Hebrew", "שיר ערש!"), ("Hebrew with points", "שָׁלוֹם"), ("both directions", "abc שלום 123 def"),
    ("Devanagari", "क्षत्रिय की प्रार्थना"), ("Tamil", "நிலா நிலா"), ("Bengali", "আমার সোনার বাংলা"), ("Thai", "เพลงที่นี่"),
    ("Tibetan", "རྒྱལ་ཁབ"), ("Khmer", "ភ្លេង"), ("Myanmar", "မြန်မာ"), ("Ethiopic", "ሙዚቃ"),
    ("family", "👨‍👩‍👧‍👦 Family"), ("kiss", "👩🏻‍❤️‍💋‍👨🏿 Kiss"), ("tones", "👍🏽👍🏿 Thumbs"), ("flags", "🇫🇷🇯🇵🇺🇦 Flags"),
    ("England", "🏴\u{E0067}\u{E0062}\u{E0065}\u{E006E}\u{E0067}\u{E007F} England"), ("pride", "🏳️‍🌈 Pride"),
    ("keycaps", "1️⃣2️⃣#️⃣ Keys"), ("selectors", "❤️ ❤︎ ⌚︎ ☺️ Selectors"), ("new emoji", "\u{1FAF6}\u{1FAE8}\u{1FAE9} New"),
    ("text emoji", "☎ ✈ ♥ © ™ Text"), ("ambiguous", "①②③ ±×÷ “…” Ambiguous"), ("Cyrillic", "Ночной поезд"),
    ("Greek", "Ωκεανός"), ("accents", "Café étoilé à Orléans"), ("decomposed", "Cafe\u{301} e\u{301}toile\u{301}"),
    ("zalgo", "Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢L̠ͨͧͩ͘G̴̻͈͍͔̹̑͗̎̅͛́Ǫ̵̹̻̝̳͂̌̌͘!͖̬̰̙̗̿̋ͥͥ̂ͣ̐́́͜͞"),
    ("escapes", "a\u{1B}[31mred\u{1B}[0m\u{1B}]0;title\u{7}\u{9B}2Jb"), ("controls", "a\u{1}b\u{8}c\u{7F}d\u{85}e"),
    ("lines", "one\ntwo\r\nthree\ttabs\u{2028}four"),
    ("bidi overrides", "abc\u{202E}fdp.exe\u{202C}\u{2066}x\u{2069}y"),
    ("only marks", "\u{301}\u{302}\u{303}"), ("only joiners", "\u{200D}\u{200D}\u{FE0F}"),
    ("only spaces", " \u{3000}\u{A0} "),
    ("empty", ""), ("long", String(repeating: "long ", count: 2000)),
    ("long wide", String(repeating: "夜", count: 10_000)), ("long flags", String(repeating: "🇫🇷", count: 3000)),
    ("noncharacters", "a\u{FFFE}b\u{10FFFF}cd"), ("private", "\u{E0B0}\u{F101} Private"),
    ("mathematical", "𝓜𝓾𝓼𝓲𝓬 𝟙𝟚𝟛"), ("far Han", "𠮷野家 𰻞𰻞麵"), ("boxes", "┌─┐│ █▓▒░ │└─┘"),
    ("quotes", "'; DROP TABLE tracks;--"),
  ]

  /// Writes a folder of MP3 files that have these titles: the beginning of a piece of the demo music under new tags.
  package static func write(to folder: String) throws {
    let sound = try withoutTag(Data(contentsOf: URL(fileURLWithPath: DemoMusic.tracks[0].path))).prefix(60_000)
    for (index, entry) in titles.enumerated() {
      let tag = id3([
        "TIT2": entry.title, "TPE1": index % 2 == 0 ? "Torture" : entry.title, "TPE2": "Torture", "TALB": "Rack",
        "TRCK": "\(index + 1)",
      ])
      let name = String(repeating: "0", count: 3 - "\(index)".count) + "\(index) \(entry.name).mp3"
      try (tag + sound).write(to: URL(fileURLWithPath: folder).appending(path: name))
    }
  }

  /// ID3v2.4 with text frames in UTF-8 (id3.org, 4 and 6).
  private static func id3(_ frames: KeyValuePairs<String, String>) -> Data {
    var body = Data()
    for (name, text) in frames {
      let content = Data([3]) + Data(text.utf8)
      body += Data(name.utf8) + synchsafe(content.count) + Data([0, 0]) + content
    }
    return Data("ID3".utf8) + Data([4, 0, 0]) + synchsafe(body.count) + body
  }

  private static func withoutTag(_ file: Data) -> Data {
    guard file.starts(with: Array("ID3".utf8)) else { return file }
    let size = file[6..<10].reduce(0) { $0 << 7 | Int($1) }
    return file.dropFirst(10 + size)
  }

  private static func synchsafe(_ number: Int) -> Data {
    Data([21, 14, 7, 0].map { UInt8(number >> $0 & 0x7F) })
  }
}
