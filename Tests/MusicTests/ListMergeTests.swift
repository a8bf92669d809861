import Music
import Testing

/// Lists are written as words: each letter is a track.
private func merge(_ base: String, _ ours: String, _ theirs: String, _ ties: ListMerge.Ties = .standard) -> String {
  String(ListMerge.merge(base: Array(base), ours: Array(ours), theirs: Array(theirs), ties: ties))
}

@Suite("Merging two versions of a list")
struct ListMergeTests {
  @Test("where only one side changed it, that side's list stands")
  func oneSided() {
    #expect(merge("abc", "abc", "cab") == "cab")
    #expect(merge("abc", "cxa", "abc") == "cxa")
    #expect(merge("", "", "") == "")
    #expect(merge("abc", "", "abc") == "")
  }

  @Test("additions of both sides stand where they were put")
  func additions() {
    #expect(merge("abcdef", "aXbcdef", "abcdeYf") == "aXbcdeYf")
    #expect(merge("abc", "Xabc", "abcY") == "XabcY")
    #expect(merge("", "XY", "AB") == "ABXY")
  }

  @Test("at the same place, what came from the server is first")
  func samePlace() {
    #expect(merge("abc", "abXc", "abYc") == "abYXc")
    #expect(merge("abc", "abcX", "abcYZ") == "abcYZX")
    #expect(merge("abc", "Xabc", "Yabc") == "YXabc")
    #expect(merge("abc", "abXc", "abYc", .standard.mirrored) == "abXYc")
  }

  @Test("removals of both sides are respected")
  func removals() {
    #expect(merge("abcdef", "acdef", "abcdf") == "acdf")
    #expect(merge("abc", "bc", "ab") == "b")
    #expect(merge("abc", "", "abcd") == "d")
  }

  @Test("what was put beside a removed track stays there")
  func besideRemoved() {
    #expect(merge("abcdef", "abcXdef", "abdef") == "abXdef")
    #expect(merge("abcdef", "abcXdef", "abef") == "abXef")
  }

  @Test("a move here and an addition there both happen")
  func moveAndAdd() {
    #expect(merge("abcdef", "bcdefa", "abcXdef") == "bcXdefa")
    #expect(merge("abcdef", "abcdefX", "fabcde") == "fabcdeX")
    #expect(merge("abcdef", "Xabcdef", "bcdefa") == "Xbcdefa")
  }

  @Test("an addition follows the track that it was put beside when the whole list was sorted")
  func sorted() {
    #expect(merge("hgfedcba", "hgfXedcba", "abcdefgh") == "abcdefXgh")
  }

  @Test("moves of both sides happen; of the same track, ours counts")
  func moves() {
    #expect(merge("abcdef", "bcdefa", "fabcde") == "fbcdea")
    #expect(merge("abcdef", "bcadef", "bcdeaf") == "bcadef")
    #expect(merge("abcdef", "bcadef", "bcdeaf", .standard.mirrored) == "bcdeaf")
  }

  @Test("what was moved here and removed there is gone")
  func movedAndRemoved() {
    #expect(merge("abcdef", "bcdefa", "bcdef") == "bcdef")
    #expect(merge("abcdef", "acdef", "acdefb") == "acdef")
  }

  @Test("the same track added on both sides is added once, two of it twice")
  func sameAddition() {
    #expect(merge("abc", "abcX", "abcX") == "abcX")
    #expect(merge("abc", "abcX", "abXc") == "abcX")
    #expect(merge("abc", "abcXX", "Xabc").filter { $0 == "X" } == "XX")
  }

  @Test("a track that stands twice is known by where it stands")
  func duplicates() {
    #expect(merge("axa", "xa", "axaY") == "xaY")
    #expect(merge("axa", "ax", "Naxa") == "Nax")
    #expect(merge("axa", "xa", "ax") == "x")
    #expect(merge("aaa", "aa", "aaab") == "aab")
    #expect(merge("abab", "ababa", "bab") == "baba")
  }

  @Test("what was sent already, and came back with more, stays as it is")
  func sentBefore() {
    let (base, ours) = ("abcdefgh", "hbXcdaYf")
    let sent = merge(base, ours, "abcdeZfgh")
    #expect(merge(base, ours, sent) == sent)
    #expect(merge(sent, sent, sent) == sent)
  }

  @Test("what was sent without an answer is the base as far as it arrived")
  func uncertainBase() {
    let base = { (base: String, sent: String, theirs: String) in
      String(ListMerge.base(Array(base), sent: Array(sent), theirs: Array(theirs)))
    }
    #expect(base("abc", "abXc", "abXc") == "abXc")
    #expect(base("abc", "abXc", "abXcY") == "abXc")
    #expect(base("abc", "abXc", "abcY") == "abc")
    #expect(base("abc", "bXYc", "abXc") == "abXc")
    #expect(base("abc", "ab", "abcY") == "abc")
    #expect(base("aab", "aaba", "aabaY") == "aaba")
    #expect(base("aab", "aaba", "aabY") == "aab")
    #expect(base("", "X", "") == "")
  }

  @Test("a track is matched with the occurrence that kept its order")
  func matching() {
    let matching = ListMatching(from: Array("abcabd"), to: Array("cabdXa"))
    #expect(matching.origins == [2, 3, 4, 5, nil, 0])
    #expect(matching.isMoved == [false, false, false, false, false, true])
    let nothing = ListMatching(from: [Int](), to: [Int]())
    #expect(nothing.origins.isEmpty)
    #expect(ListMatching(from: [1, 2], to: []).origins.isEmpty)
    #expect(ListMatching(from: [], to: [1, 1]).origins == [nil, nil])
  }
}

@Suite("Merging two versions of a playlist")
struct PlaylistMergeTests {
  private func content(_ name: String, _ tracks: String, comment: String = "", isPublic: Bool = false)
    -> PlaylistContent<Character>
  {
    PlaylistContent(
      details: PlaylistDetails(name: name, comment: comment, isPublic: isPublic), tracks: Array(tracks))
  }

  @Test("a new name here and new tracks there both stand")
  func nameAndTracks() {
    let merge = PlaylistMerge(base: content("A", "ab"), ours: content("B", "ab"), theirs: content("A", "abc"))
    #expect(merge.merged == content("B", "abc"))
    #expect(merge.conflicts.isEmpty)
  }

  @Test("two new names ask, and ours stands until then; the same new name is none")
  func renames() {
    let merge = PlaylistMerge(base: content("A", ""), ours: content("B", "x"), theirs: content("C", "y"))
    #expect(merge.conflicts == [.renamed(ours: "B", theirs: "C")])
    #expect(merge.merged == content("B", "yx"))
    #expect(PlaylistMerge(base: content("A", ""), ours: content("B", ""), theirs: content("B", "")).conflicts.isEmpty)
    #expect(PlaylistMerge(base: content("A", ""), ours: content("A", ""), theirs: content("C", "")).conflicts.isEmpty)
  }

  @Test("comment and visibility are as the side says that changed them, ours if both did")
  func details() {
    let merge = PlaylistMerge(
      base: content("A", "", comment: "old"), ours: content("A", "", comment: "ours"),
      theirs: content("A", "", comment: "theirs", isPublic: true))
    #expect(merge.merged == content("A", "", comment: "ours", isPublic: true))
    #expect(merge.conflicts.isEmpty)
  }

  @Test("deleted there and untouched here is gone; deleted there and edited here asks; deleted here is gone")
  func deletions() {
    let base = content("A", "ab")
    #expect(PlaylistMerge(base: base, ours: base, theirs: nil).merged == nil)
    let edited = PlaylistMerge(base: base, ours: content("A", "abc"), theirs: nil)
    #expect(edited.merged == content("A", "abc") && edited.conflicts == [.deletedThere])
    let deleted = PlaylistMerge(base: base, ours: nil, theirs: content("A", "abc"))
    #expect(deleted.merged == nil && deleted.conflicts.isEmpty)
  }
}
