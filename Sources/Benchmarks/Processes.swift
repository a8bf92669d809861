import Glibc

/// What the kernel says of running processes, summed (proc(5)).
struct ProcessFigures {
  /// User and system time of all threads, those that ended too, in seconds: to the nanosecond, where
  /// `/proc/PID/stat` counts hundredths.
  var cpu = 0.0
  /// Voluntary context switches of all its threads: how often something woke up.
  var wakeups = 0
  /// Their fair share of memory, in MiB.
  var pss = 0.0

  init(_ processes: [pid_t], memory: Bool = false) {
    for process in processes {
      cpu += Self.cpuTime(of: process)
      wakeups += Self.threads(of: process).reduce(0) { $0 + Self.switches("/proc/\(process)/task/\($1)/status") }
      // Slow: the kernel walks all pages.
      if memory { pss += Self.kibibytes("Pss:", in: readText("/proc/\(process)/smaps_rollup") ?? "") / 1024 }
    }
  }

  private static func cpuTime(of process: pid_t) -> Double {
    var clock = clockid_t()
    var time = timespec()
    guard clock_getcpuclockid(process, &clock) == 0, clock_gettime(clock, &time) == 0 else { return 0 }
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }

  private static func threads(of process: pid_t) -> [String] {
    guard let directory = opendir("/proc/\(process)/task") else { return [] }
    defer { closedir(directory) }
    var names: [String] = []
    while let entry = readdir(directory) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if Int(name) != nil { names.append(name) }
    }
    return names
  }

  private static func switches(_ path: String) -> Int {
    Int(kibibytes("voluntary_ctxt_switches:", in: readText(path) ?? ""))
  }

  private static func kibibytes(_ name: String, in text: String) -> Double {
    for line in text.split(separator: "\n") where line.hasPrefix(name) {
      return line.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap { Double($0) } ?? 0
    }
    return 0
  }
}

/// Runs a program to its end, silently.
/// - Parameter input: what is typed into it.
/// - Returns: its exit code.
@discardableResult
func runProgram(_ arguments: [String], environment: [String: String], input: String = "") -> Int32 {
  let child = PseudoTerminal(arguments, environment: environment)
  if !input.isEmpty { child.send(input) }
  _ = child.time(patience: .seconds(300)) { _ in false }
  return child.wait()
}

func isInstalled(_ program: String) -> Bool { access("/usr/bin/" + program, X_OK) == 0 }

func readText(_ path: String, from offset: Int = 0) -> String? {
  readBytes(path, from: offset).map { String(decoding: $0, as: UTF8.self) }
}

func readBytes(_ path: String, from offset: Int = 0) -> [UInt8]? {
  guard let file = fopen(path, "re") else { return nil }
  defer { fclose(file) }
  fseek(file, offset, SEEK_SET)
  var bytes: [UInt8] = []
  var buffer = [UInt8](repeating: 0, count: 64 * 1024)
  while case let count = fread(&buffer, 1, buffer.count, file), count > 0 { bytes += buffer[..<count] }
  return bytes
}
