import Foundation

/// ALSA devices for tests, in a configuration of their own that replaces the system's:
///
///     exact:FILE=/path             takes everything at once and writes it down (ALSA's file plugin over null)
///     card:FILE=/path,SPEED=20.0   the fake card, paced by the clock; also PAUSE, RATE, FORMAT, GONE,
///                                  REWIND, TICKS, CONTROL, LOG (see Tests/FakeCard)
///     null, default                takes everything at once
///
/// The environment belongs to the whole process: `shared` is made once, before the first device is opened.
package final class SoundCards: Sendable {
  package static let shared = SoundCards()

  /// For `ALSA_CONFIG_PATH` of programs that a test starts; this process has it already.
  package let configurationPath: String

  private init() {
    let directory = NSTemporaryDirectory() + "/dulcet-cards-\(getpid())"
    try! FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
    atexit { try? FileManager.default.removeItem(atPath: NSTemporaryDirectory() + "/dulcet-cards-\(getpid())") }
    let library = directory + "/libasound_module_pcm_fakecard.so"
    Self.compile(to: library)
    configurationPath = directory + "/asound.conf"
    try! Self.configuration(library: library).write(toFile: configurationPath, atomically: true, encoding: .utf8)
    setenv("ALSA_CONFIG_PATH", configurationPath, 1)
  }

  /// The fake card's name. `speed`: how much faster than the clock; `gone`: frames until it is unplugged; `rate` and
  /// `format`: the only ones it has; `control`: the file of a `FaultControl`; `log`: what happens to it, line by line.
  package func card(
    capturing file: String = "", speed: Double = 20, pauses: Bool = false, rate: Int = 0, format: String = "",
    gone: Int = 0, rewinds: Bool = true, ticks: Bool = false, control: String = "", log: String = ""
  ) -> String {
    "card:FILE='\(file)',SPEED=\(speed),PAUSE=\(pauses),RATE=\(rate),FORMAT='\(format)',GONE=\(gone),"
      + "REWIND=\(rewinds),TICKS=\(ticks),CONTROL='\(control)',LOG='\(log)'"
  }

  /// The name of the device that takes everything at once and writes it to `file`.
  package func exact(capturing file: String) -> String { "exact:FILE='\(file)'" }

  private static func compile(to library: String) {
    let sources = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("FakeCard").path
    // The toolchain brings clang; whoever has a C compiler beside it need not have the toolchain on the PATH.
    let command = "exec $(command -v clang || command -v cc) -O2 -fPIC -shared -DPIC -o \"$0\" \"$1\"/*.c -lasound"
    let compiler = try! Program("/bin/sh", ["-c", command, library, sources])
    precondition(compiler.end(with: 0) == 0, "the fake card does not compile: is libasound2-dev there?")
  }

  private static func configuration(library: String) -> String {
    """
    pcm_type.fakecard { lib "\(library)" }
    ctl_type.fakecard { lib "\(library)" }
    pcm.null { type null }
    pcm.!default { type null }
    pcm.exact {
      @args [ FILE ]
      @args.FILE { type string }
      type file
      slave.pcm "null"
      file $FILE
      format "raw"
    }
    pcm.card {
      @args [ FILE SPEED PAUSE RATE FORMAT GONE REWIND TICKS CONTROL LOG ]
      @args.FILE { type string default "" }
      @args.SPEED { type real default 1.0 }
      @args.PAUSE { type string default "false" }
      @args.RATE { type integer default 0 }
      @args.GONE { type integer default 0 }
      @args.FORMAT { type string default "" }
      @args.REWIND { type string default "true" }
      @args.TICKS { type string default "false" }
      @args.CONTROL { type string default "" }
      @args.LOG { type string default "" }
      type fakecard
      file $FILE
      speed $SPEED
      pause $PAUSE
      rate $RATE
      gone_after $GONE
      format $FORMAT
      rewind $REWIND
      ticks $TICKS
      control $CONTROL
      log $LOG
    }
    pcm.plug {
      @args [ SLAVE ]
      @args.SLAVE { type string }
      type plug
      slave.pcm $SLAVE
    }

    """
  }
}
