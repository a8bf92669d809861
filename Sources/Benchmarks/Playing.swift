import Fixtures
import Glibc
import Threading

/// 320 kbit/s music through a card paced by the clock, screen up: CPU, wake-ups and bytes to the terminal, beside the
/// mpg123 program (which draws nothing) in the same seconds.
///
/// - Parameter seconds: how long both are watched; CPU is scaled to a minute.
func measurePlaying(seconds: Int) throws {
  guard access("/usr/bin/lame", X_OK) == 0, access("/usr/bin/mpg123", X_OK) == 0 else {
    print("playing: skipped, lame and mpg123 are not installed")
    return
  }
  let home = Home()
  let track = makeTrack(in: home, seconds: seconds + 30)
  let device = SoundCards.shared.card(speed: 1)
  var environment = home.environment
  environment["ALSA_CONFIG_PATH"] = SoundCards.shared.configurationPath
  runProgram([Built.server, "scan", home.path + "/music", "--library", home.catalogue], environment: environment)
  home.useLocalMusic()

  let player = PseudoTerminal([Built.player, "--output", "alsa:" + device], environment: environment)
  guard player.time(until: { $0.contains("Benchmark") }) != nil else { return print("playing: the library never came") }
  runProgram([Built.player, "play", "benchmark"], environment: environment)
  let other = PseudoTerminal(["/usr/bin/mpg123", "-q", "-o", "alsa", "-a", device, track], environment: environment)
  player.settle(.seconds(3))
  player.forget()
  guard let before = ProcessFigures(player.process), let otherBefore = ProcessFigures(other.process) else { return }
  player.settle(.seconds(seconds))
  guard let after = ProcessFigures(player.process), let otherAfter = ProcessFigures(other.process) else {
    return print("playing: one of the two ended early")
  }
  let written = player.output.count
  runProgram([Built.player, "pause"], environment: environment)
  player.settle(.seconds(1))
  let paused = ProcessFigures(player.process)
  player.settle(.seconds(5))
  let stillPaused = ProcessFigures(player.process)
  _ = player.end()
  _ = other.end()

  let minute = 60 / Double(seconds)
  let cpu = (after.cpu - before.cpu) * minute
  let otherCPU = (otherAfter.cpu - otherBefore.cpu) * minute
  print("playing 320 kbit/s for \(seconds) s")
  print(
    "  CPU seconds a minute       \(short(cpu)), mpg123 \(short(otherCPU)), ratio \(short(cpu / max(otherCPU, 0.001)))")
  print(
    "  wake-ups a second          \(rate(after.wakeups - before.wakeups, seconds)), mpg123 \(rate(otherAfter.wakeups - otherBefore.wakeups, seconds))"
  )
  print("  bytes a second to the tty  \(rate(written, seconds))")
  print("  memory (PSS), MiB          \(short(after.pss)), mpg123 \(short(otherAfter.pss))")
  if let paused, let stillPaused {
    print("  paused: wake-ups a second  \(rate(stillPaused.wakeups - paused.wakeups, 5))")
  }
}

private func rate(_ count: Int, _ seconds: Int) -> String { short(Double(count) / Double(seconds)) }

/// Two voices that never rest, so that every MPEG frame is full. Tagged, encoded with lame.
private func makeTrack(in home: Home, seconds: Int) -> String {
  let wave = home.path + "/wave.raw"
  let frames = seconds * 44_100
  var bytes: [UInt8] = []
  bytes.reserveCapacity(frames * 4)
  for frame in 0..<frames {
    let time = Double(frame) / 44_100
    for frequency in [220 + 40 * sin(time), 331 + 60 * sin(time / 3)] {
      let sample = Int16(9000 * sin(2 * .pi * frequency * time) + Double.random(in: -4000...4000))
      bytes.append(UInt8(truncatingIfNeeded: sample))
      bytes.append(UInt8(truncatingIfNeeded: sample >> 8))
    }
  }
  if let file = fopen(wave, "we") {
    fwrite(bytes, 1, bytes.count, file)
    fclose(file)
  }
  mkdir(home.path + "/music", 0o755)
  let track = home.path + "/music/benchmark.mp3"
  runProgram(
    [
      "/usr/bin/lame", "--quiet", "-r", "-s", "44.1", "-b", "320", "--tt", "Benchmark", "--ta", "Benchmark", wave,
      track,
    ], environment: home.environment)
  return track
}
