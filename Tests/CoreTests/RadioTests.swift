import Core
import Music
import Testing

@Suite("The radio")
struct RadioTests {
  private func listening() -> Listener {
    var listener = Listener()
    listener.press("7", "enter")
    return listener
  }

  @Test("enter plays the station alone; it is never fetched ahead, and its title takes its name's place")
  func play() throws {
    var listener = Listener()
    let effects = listener.press("7", "enter")
    #expect(listener.queued == ["Radio One"])
    let entry = try #require(listener.state.queue.current)
    #expect(entry.track.isRadio && entry.track.streamURL == "http://one.example/stream")
    #expect(effects.contains(.player(.load(entry, position: .zero, paused: false))))
    #expect(!effects.contains { if case .prefetch(let tracks) = $0 { !tracks.isEmpty } else { false } })
    #expect(listener.state.currentTrack?.title == "Radio One")
    listener.send(.radio(entry.track.id, .title("Björk - Jóga")))
    #expect(listener.state.currentTrack?.title == "Björk - Jóga" && listener.state.currentTrack?.artist == "Radio One")
    listener.send(.radio(entry.track.id, .title(nil)))
    #expect(listener.state.currentTrack?.title == "Radio One")
    listener.send(.radio(TrackID(-2), .title("another station's")))
    #expect(listener.state.currentTrack?.title == "Radio One")
  }

  @Test("in it there is no seeking, and “previous” does not go to its start")
  func seek() {
    var listener = listening()
    listener.hear(30)
    #expect(listener.run("seek 10").isEmpty)
    #expect(listener.notice?.contains("no place to go to") == true)
    let effects = listener.run("previous")
    #expect(!effects.contains { if case .player(.seek) = $0 { true } else { false } })
  }

  @Test("it is not scrobbled, starred, rated, or put into a playlist")
  func marks() {
    var listener = listening()
    for second in 1...400 { listener.hear(second) }
    #expect(!listener.effects.contains { if case .edit = $0 { true } else { false } })
    #expect(listener.press("f").isEmpty)
    #expect(listener.run("rate 3").isEmpty)
    #expect(listener.run("playlist add Morning").isEmpty)
    #expect(listener.notice == "A radio station cannot stand in a playlist.")
  }

  @Test("after it the queue goes on")
  func next() {
    var listener = listening()
    listener.press("1", "l", "l", "a", "7")
    listener.run("next")
    #expect(listener.playing == "One")
  }

  @Test("a lost connection is told with its reason and its delay, and that it is back")
  func lost() {
    var listener = listening()
    listener.send(.radio(TrackID(-1), .lost(reason: "the connection was lost", retryIn: .seconds(4))))
    #expect(listener.notice == "“Radio One” was lost (the connection was lost). Trying again in 4 s.")
    listener.send(.radio(TrackID(-1), .back))
    listener.press("escape")
    #expect(listener.notice == nil || listener.notice == "“Radio One” is back.")
  }

  @Test("stations are played by name, added, renamed and removed")
  func edits() {
    var listener = Listener()
    listener.run("radio play second")
    #expect(listener.playing == "Second Wave")
    listener.run("radio play third")
    #expect(listener.notice?.contains("no radio station “third”") == true)
    #expect(
      listener.run("radio add http://host.example:8000/x")
        == [.edit(.createStation(name: "host.example:8000", streamURL: "http://host.example:8000/x"))])
    #expect(listener.run("radio add ftp://x y").isEmpty)
    #expect(listener.run("radio rename X").isEmpty)
    listener.press("7")
    #expect(listener.run("radio rename X") == [.edit(.renameStation(StationID(1), name: "X"))])
    listener.press("d")
    #expect(listener.press("y") == [.edit(.deleteStation(StationID(1)))])
  }

  @Test("without the account's server a station can be heard all the same")
  func offline() {
    var listener = Listener()
    listener.send(.connectivity(.offline(reason: "no network")))
    #expect(listener.state.isPlayable(Listener.stations[0].track))
  }
}
