import Core
import Music
import TUI
import Testing

@Suite("Playlists")
struct PlaylistsTests {
  private func onPlaylists() -> Listener {
    var listener = Listener()
    listener.press("3")
    return listener
  }

  /// A whole new list, and the one it was made from.
  private func set(_ tracks: [Int64], seen: [Int64]) -> Effect {
    .edit(.setTracks(PlaylistID(1), tracks.map { TrackID($0) }, seen: seen.map { TrackID($0) }))
  }

  @Test("the tracks shown are those of the list under the cursor")
  func following() {
    var listener = onPlaylists()
    #expect(listener.state.playlists.tracks.rows.map(\.title) == ["One", "Two", "Three"])
    listener.press("j")
    #expect(listener.state.playlists.tracks.rows == [])
  }

  @Test("N asks for a name and makes a playlist; the cursor goes to it")
  func creating() {
    var listener = onPlaylists()
    listener.press("N")
    listener.type("Rain")
    let edit = LibraryEdit.createPlaylist(name: "Rain", tracks: [])
    #expect(listener.press("enter") == [.edit(edit)])
    listener.send(.edited(edit, created: PlaylistID(2)))
    #expect(listener.state.playlists.lists.selected?.name == "Evening")
    #expect(listener.run("playlist new Sun") == [.edit(.createPlaylist(name: "Sun", tracks: []))])
    listener.press("N")
    #expect(listener.press("enter") == [])
  }

  @Test("R renames, with the old name to edit")
  func renaming() {
    var listener = onPlaylists()
    listener.press("R")
    #expect(listener.state.prompt?.field.text == "Morning")
    listener.type("s")
    #expect(listener.press("enter") == [.edit(.renamePlaylist(PlaylistID(1), name: "Mornings"))])
  }

  @Test("D deletes only after a yes")
  func deleting() {
    var listener = onPlaylists()
    #expect(listener.press("D", "n") == [])
    #expect(listener.press("D", "escape") == [])
    #expect(listener.press("D", "enter") == [])
    #expect(listener.press("D", "y") == [.edit(.deletePlaylist(PlaylistID(1)))])
  }

  @Test("b adds the rows to a playlist that is chosen, behind what it holds")
  func adding() {
    var listener = Listener()
    listener.press("l", "j", "b")
    #expect(listener.state.prompt?.options == ["Morning", "Evening"])
    #expect(
      listener.press("enter")
        == [.edit(.addTracks(PlaylistID(1), [TrackID(4), TrackID(5)], at: nil))])
    #expect(listener.notice == "Added 2 tracks to “Morning”.")
  }

  @Test("a name that no playlist has makes a new one with the rows in it")
  func addingToNew() {
    var listener = Listener()
    listener.press("l", "l", "b")
    listener.type("Dusk")
    #expect(listener.press("enter") == [.edit(.createPlaylist(name: "Dusk", tracks: [TrackID(1)]))])
  }

  @Test("tracks are removed and moved at once, and the whole new list goes to the catalogue")
  func editing() {
    var listener = onPlaylists()
    listener.press("l")
    #expect(listener.press("J") == [set([2, 1, 3], seen: [1, 2, 3])])
    #expect(listener.press("J") == [set([2, 3, 1], seen: [2, 1, 3])])
    #expect(listener.press("J") == [])
    #expect(listener.press("d") == [set([2, 3], seen: [2, 3, 1])])
    #expect(listener.state.playlists.tracks.rows.map(\.title) == ["Two", "Three"])
    #expect(listener.state.playlists.tracks.selected?.title == "Three")
  }

  @Test("an answer read before the latest change does not bring old rows back")
  func olderAnswer() {
    var listener = onPlaylists()
    listener.press("l", "J")
    let first = LibraryEdit.setTracks(PlaylistID(1), [], seen: [])
    listener.press("J")
    listener.send(.edited(first, created: nil))
    #expect(listener.state.playlists.tracks.rows.map(\.title) == ["Two", "Three", "One"])
  }

  @Test("rows of one list are never written into another while the other is being read")
  func otherList() {
    var listener = onPlaylists()
    listener.answersQuestions = false
    listener.press("j", "l")
    #expect(listener.press("J", "d") == [])
  }

  @Test("a playlist is written by its name, in quotes or without, and a file is read under a name")
  func files() {
    var listener = Listener()
    let wanted = Effect.exportList(.playlist(PlaylistID(1)), title: "Morning", "/a b/x.json", replyTo: nil)
    #expect(listener.run("playlist export Morning /a b/x.json") == [wanted])
    #expect(listener.run("playlist export \"Morning\" \"/a b/x.json\"") == [wanted])
    #expect(listener.run("playlist export Mor x.json") == [])
    #expect(listener.notice?.contains("no playlist “Mor”") == true)
    #expect(
      listener.run("import /a/list.m3u Night") == [.importList("/a/list.m3u", name: "Night", replyTo: nil)])
  }

  @Test("someone else's playlist is left alone, with a notice")
  func readOnly() {
    var listener = onPlaylists()
    listener.press("G")
    #expect(listener.press("D", "R") == [])
    #expect(listener.notice == "“Theirs” belongs to bert.")
  }

  @Test("Enter plays the playlist, from the row it is pressed on")
  func playing() {
    var listener = onPlaylists()
    listener.press("enter")
    #expect(listener.queued == ["One", "Two", "Three"])
    listener.press("l", "j", "enter")
    #expect(listener.playing == "Two")
    listener.press("h", "j", "enter")
    #expect(listener.notice == "There are no tracks in it.")
    #expect(listener.playing == "Two")
  }
}
