import Foundation
import OpenSubsonic
import Testing

@testable import Server

private struct Sample: Encodable {
  struct Genre: Encodable {
    var value: String
    var songCount: Int
  }
  var name = "a \"b\" <c> & d"
  var count = 3
  var ratio = 0.5
  var on = true
  var none: String?
  var genre = [Genre(value: "Rock & <Roll>", songCount: 1), Genre(value: "", songCount: 0)]
  var moods = ["calm", "sad"]
  var child: [String: String] = ["key": "value"]
  var empty: [Int] = []
}

@Suite struct XMLTests {
  private func xml(_ value: some Encodable) throws -> String {
    let text = XMLText.document("r", attributes: [], try WireTreeEncoder.tree(of: value))
    return String(text.drop { $0 != "\n" }.dropFirst())
  }

  @Test("scalars are attributes, lists repeat their element, a value is the text")
  func shape() throws {
    #expect(
      try xml(Sample()) == #"<r name="a &quot;b&quot; &lt;c&gt; &amp; d" count="3" ratio="0.5" on="true">"#
        + #"<genre songCount="1">Rock &amp; &lt;Roll&gt;</genre><genre songCount="0"/>"#
        + #"<moods>calm</moods><moods>sad</moods><child key="value"/></r>"#)
  }

  @Test("what XML cannot hold is dropped, and line ends in attributes survive")
  func control() throws {
    let text = "a\u{0}b\u{1B}c\u{FFFE}\n\t\r\u{1F3B5}e\u{301}"
    #expect(try xml(["k": text]) == "<r k=\"abc&#10;&#9;&#13;\u{1F3B5}e\u{301}\"/>")
  }

  @Test("whatever a tag holds, the document can be parsed")
  func wellFormed() throws {
    var song = Wire.Child(
      id: "1", title: String(String.UnicodeScalarView((0...0x2FF).compactMap { Unicode.Scalar($0) })))
    song.genres = [.init(name: "]]>&amp;")]
    var response = Wire.Response.ours()
    response.song = song
    let document = XMLText.document("r", attributes: [], try WireTreeEncoder.tree(of: response))
    #expect(XMLElement.parse(Data(document.utf8)) != nil)
  }
}
