import Glibc

/// Music made for the benchmarks.
enum Music {
  /// Two voices that never rest and noise, so that every MPEG frame of 320 kbit/s is full.
  static func dense(seconds: Int, title: String, in home: Home) {
    encode(seconds: seconds, title: title, in: home) { time in
      let voices = [220 + 40 * sin(time), 331 + 60 * sin(time / 3)]
      return voices.map { 9000 * sin(2 * .pi * $0 * time) + Double.random(in: -4000...4000) }
    }
  }

  /// One steady tone, so that the volume can be read from what was heard.
  static func tone(_ frequency: Double, seconds: Int, title: String, in home: Home) {
    encode(seconds: seconds, title: title, in: home) { time in
      let sample = 12_000 * sin(2 * .pi * frequency * time)
      return [sample, sample]
    }
  }

  private static func encode(seconds: Int, title: String, in home: Home, samples: (Double) -> [Double]) {
    let frames = (0..<seconds * 44_100).flatMap { samples(Double($0) / 44_100).map { Int16($0) } }
    let wave = home.path + "/wave.raw"
    if let file = fopen(wave, "we") {
      fwrite(frames, 2, frames.count, file)
      fclose(file)
    }
    mkdir(home.music, 0o755)
    runProgram(
      [
        "/usr/bin/lame", "--quiet", "-r", "-s", "44.1", "-b", "320", "--tt", title, "--ta", "Benchmark", "--tl",
        "Benchmark", wave, "\(home.music)/\(title).mp3",
      ], environment: home.environment)
    unlink(wave)
  }
}
