import ALSA
import Audio
import Fixtures
import Foundation
import Music
import Playback
import Synchronization
import Testing
import Threading

/// A bell that says that devices came, rung by the test.
final class BellWatch: OutputWatch, Sendable {
  private let bell = Wake()
  var descriptor: Int32 { bell.descriptor }
  func ring() { bell.ring() }
  func take() -> Bool {
    bell.clear()
    return true
  }
}

/// What cards do to a player, injected into the fake card.
@Suite(.timeLimit(.minutes(40))) struct DeviceTests {
  private func isLost(_ rig: Rig) -> Bool {
    rig.allEvents.contains { if case .failed(EntryID(1), .output) = $0 { true } else { false } }
  }

  @Test("an unplugged device pauses at its place, and plays on by itself once it is back")
  func unplugged() {
    let watch = BellWatch()
    let rig = Rig(.card(speed: 4), watch: watch)
    rig.play("cbr192")
    rig.until { $0.position > .milliseconds(800) }
    rig.faults.set(.unplugged)
    rig.until { $0.state == .paused && $0.output == nil }
    #expect(isLost(rig))
    let place = rig.player.status.position
    #expect(place > .milliseconds(700))
    watch.ring()
    usleep(20_000)
    #expect(rig.player.status.state == .paused, "it is not back yet")
    rig.faults.set(.none)
    watch.ring()
    rig.wait(.outputReturned(EntryID(1)))
    rig.wait(.ended)
    // Half a second at most was heard twice, nothing is missing.
    let steps = repeats(in: rig.heard, of: Sounds.shared.reference("cbr192"), toTheEnd: true)
    #expect(steps.map { $0 <= 1 } == true)
  }

  @Test("a device that comes back stays silent when the listener has decided otherwise")
  func returnsUnwanted() {
    let watch = BellWatch()
    let rig = Rig(.card(speed: 4), watch: watch)
    rig.play("cbr192")
    rig.until { $0.position > .milliseconds(500) }
    rig.faults.set(.unplugged)
    rig.until { $0.state == .paused && $0.output == nil }
    // It is looked for once at once, and not found.
    rig.until { (_: PlayerStatus) in rig.deviceOpenings == 2 }
    // Done in order: what came before the volume is known when the volume is.
    rig.send(.pause, .setVolume(99))
    rig.until { $0.volume == 99 }
    let openings = rig.deviceOpenings
    rig.faults.set(.none)
    watch.ring()
    usleep(50_000)
    #expect(rig.player.status.state == .paused && rig.deviceOpenings == openings)
    rig.send(.resume)
    rig.wait(.ended)
    #expect(!rig.allEvents.contains(.outputReturned(EntryID(1))))
  }

  @Test("a device that another program has is waited for, and nothing runs silently meanwhile")
  func busy() {
    let watch = BellWatch()
    let rig = Rig(.card(speed: 4), watch: watch)
    rig.faults.set(.busy)
    rig.play("short")
    rig.wait(.failed(EntryID(1), .output("another program has the device")))
    rig.until { $0.state == .paused }
    #expect(rig.player.status.position == .zero)
    rig.faults.set(.none)
    watch.ring()
    rig.wait(.ended)
    expectSame(rig.heard, Sounds.shared.reference("short"))
  }

  @Test("after the computer slept the music goes on where it was")
  func suspended() {
    onceWithoutUnderrun {
      let rig = Rig(.card(speed: 1))
      rig.play("part1")
      rig.until { $0.position > .milliseconds(600) }
      rig.faults.set(.suspended)
      usleep(400_000)
      let count = rig.heard.count
      rig.faults.set(.none)
      rig.wait(.ended)
      #expect(rig.heard.count > count)
      expectSame(rig.heard, Sounds.shared.reference("part1"))
      #expect(rig.deviceOpenings == 1)
      return rig
    }
  }

  @Test("a device that does not come back from sleep is made ready anew, and nothing is missing")
  func neverWakes() {
    let rig = Rig(.card(speed: 2))
    rig.play("part1")
    rig.until { $0.position > .milliseconds(600) }
    rig.faults.set(.suspended)
    // Longer than anybody waits for a device to resume.
    usleep(5_600_000)
    rig.faults.set(.none)
    rig.wait(.ended)
    #expect(repeats(in: rig.heard, of: Sounds.shared.reference("part1"), toTheEnd: true) != nil)
    #expect(rig.player.status.state == .stopped)
  }

  @Test("a device that stands still is opened anew, once, and plays on")
  func stuckOnce() {
    let rig = Rig(.card(speed: 4))
    rig.play("cbr192")
    rig.until { $0.position > .milliseconds(600) }
    rig.faults.set(.stuck)
    let openings = rig.deviceOpenings
    let deadline = monotonicNow() + .seconds(20)
    while rig.deviceOpenings == openings, monotonicNow() < deadline { usleep(5000) }
    rig.faults.set(.none)
    rig.wait(.ended)
    #expect(rig.deviceOpenings == openings + 1 && !isLost(rig))
    #expect(
      repeats(in: rig.heard, of: Sounds.shared.reference("cbr192"), toTheEnd: true).map { $0 <= 1 }
        == true)
  }

  @Test("a device that stands still again is as good as gone")
  func stuckForGood() {
    let rig = Rig(.card(speed: 4), watch: BellWatch())
    rig.play("cbr192")
    rig.until { $0.position > .milliseconds(600) }
    rig.faults.set(.stuck)
    rig.wait(.failed(EntryID(1), .output("the device does not move any more")))
    let status = rig.player.status
    #expect(status.state == .paused && status.position < .seconds(2))
    #expect(rig.deviceOpenings == 2)
  }

  @Test("an underrun is counted by the card and by the player, and the music goes on")
  func underrun() {
    // A source that blocks longer than ring and device hold.
    let blocking = BlockingSource(Sounds.shared.bytes("cbr192"), available: 60_000)
    let rig = Rig(.card(speed: 4), source: { _ in blocking })
    rig.play("cbr192")
    rig.wait(.started(EntryID(1)))
    rig.until { $0.state == .buffering }
    blocking.letThrough()
    rig.wait(.ended)
    // A busy machine may add some.
    #expect(rig.player.status.underruns >= 1)
    expectSame(rig.heard, Sounds.shared.reference("cbr192"))
  }

  @Test("another device takes over from the same place, and keeps the sound for the next track")
  func switched() {
    let rig = Rig(.card(speed: 2))
    let directory = TemporaryDirectory()
    let other = SoundCards.shared.card(capturing: directory.file("other"), speed: 4)
    rig.play("part1")
    rig.send(.setNext(Rig.entry("part2", id: 2)))
    rig.until { $0.position > .milliseconds(700) }
    rig.send(.setOutput(other))
    rig.until { $0.output?.device == other }
    rig.wait(.ended)
    rig.play("cbr192", id: 3)
    rig.until { $0.entry == EntryID(3) && $0.state == .playing }
    #expect(rig.player.status.output?.device == other)
    rig.until { $0.state == .stopped }
    let first = rig.heard
    let second = Sounds.samples(path: directory.file("other"))
    let all = ["part1", "part2", "cbr192"].flatMap { Sounds.shared.reference($0) }
    #expect(first.count > 2 * 44100 / 2)
    // The first card plays on for an instant between saying how far it is and being stopped.
    #expect(repeats(in: first + second, of: all, toTheEnd: true).map { $0 <= 1 } == true)
  }

  @Test("a device that cannot be opened is refused with its reason, and sound stays where it is")
  func refused() {
    let rig = Rig(.card(speed: 4))
    rig.play("part1")
    rig.until { $0.position > .milliseconds(300) }
    rig.send(.setOutput("no-such-card"))
    let refused = rig.until(event: { if case .outputRefused("no-such-card", _) = $0 { true } else { false } })
    #expect(refused)
    rig.wait(.ended)
    expectSame(rig.heard, Sounds.shared.reference("part1"))
    #expect(rig.faults.openings == 1)
  }

  @Test("the same card under another name is opened once the first is closed")
  func sameCard() {
    let rig = Rig(.card(speed: 4))
    let control = FaultControl(path: rig.path + ".busy")
    let other = SoundCards.shared.card(capturing: rig.path, speed: 4, control: control.path)
    control.set(.busy)
    rig.play("cbr192")
    rig.until { $0.position > .milliseconds(300) }
    rig.send(.setOutput(other))
    // It stays taken: then the first is opened again, and plays on.
    let refused = rig.until(event: { if case .outputRefused(other, _) = $0 { true } else { false } })
    #expect(refused)
    rig.until { $0.position > .milliseconds(1500) }
    #expect(rig.player.status.output?.device != other && rig.faults.openings == 2)
    control.set(.none)
    rig.send(.setOutput(other))
    rig.until { $0.output?.device == other }
    rig.wait(.ended)
    #expect(repeats(in: rig.heard, of: Sounds.shared.reference("cbr192"), toTheEnd: true) != nil)
  }

  @Test("a lost device gives way to another one, which plays on")
  func switchedWhenLost() {
    let rig = Rig(.card(speed: 4), watch: BellWatch())
    let directory = TemporaryDirectory()
    let other = SoundCards.shared.card(capturing: directory.file("other"), speed: 10)
    rig.play("cbr192")
    rig.until { $0.position > .milliseconds(500) }
    rig.faults.set(.unplugged)
    rig.until { $0.state == .paused && $0.output == nil }
    rig.send(.setOutput(other))
    rig.wait(.outputReturned(EntryID(1)))
    rig.wait(.ended)
    #expect(!Sounds.samples(path: directory.file("other")).isEmpty)
  }

  @Test("the watch hears of a card that is plugged in, and of nothing else")
  func watch() throws {
    let directory = TemporaryDirectory()
    let watch = try #require(ALSAWatch(directory: directory.path))
    #expect(!watch.take())
    _ = FileManager.default.createFile(atPath: directory.file("controlC1"), contents: nil)
    _ = FileManager.default.createFile(atPath: directory.file("pcmC1D0c"), contents: nil)
    #expect(!watch.take())
    _ = FileManager.default.createFile(atPath: directory.file("pcmC1D0p"), contents: nil)
    #expect(watch.take())
    #expect(!watch.take())
    #expect(ALSAWatch(directory: directory.file("nothing")) == nil)
  }

  @Test("the list of devices begins with the system's default, and names each once")
  func list() {
    _ = SoundCards.shared
    let devices = ALSADevices.list()
    #expect(devices.first?.name == "default")
    #expect(Set(devices.map(\.name)).count == devices.count)
    #expect(devices.allSatisfy { !$0.description.isEmpty && !$0.description.contains("\n") && $0.name != "null" })
  }
}
