import Glibc

/// What the kernel says of a running process (proc(5)).
struct ProcessFigures {
  /// User and system time of all its threads, in seconds.
  var cpu: Double
  /// Voluntary context switches of all its threads: how often something woke up.
  var wakeups: Int
  /// Its fair share of memory, in MiB.
  var pss: Double

  init?(_ process: pid_t) {
    guard let stat = readText("/proc/\(process)/stat"), let end = stat.lastIndex(of: ")") else { return nil }
    let fields = stat[end...].split(separator: " ")
    guard fields.count > 13, let user = Double(fields[12]), let system = Double(fields[13]) else { return nil }
    cpu = (user + system) / Double(sysconf(Int32(_SC_CLK_TCK)))
    wakeups = Self.threads(of: process).reduce(0) { $0 + Self.switches("/proc/\(process)/task/\($1)/status") }
    pss = Self.kibibytes("Pss:", in: readText("/proc/\(process)/smaps_rollup") ?? "") / 1024
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

func readText(_ path: String) -> String? {
  guard let file = fopen(path, "re") else { return nil }
  defer { fclose(file) }
  var bytes: [UInt8] = []
  var buffer = [UInt8](repeating: 0, count: 16 * 1024)
  while case let count = fread(&buffer, 1, buffer.count, file), count > 0 { bytes += buffer[..<count] }
  return String(decoding: bytes, as: UTF8.self)
}

/// Runs a program to its end, silently.
/// - Returns: its exit code.
@discardableResult
func runProgram(_ arguments: [String], environment: [String: String]) -> Int32 {
  let child = PseudoTerminal(arguments, environment: environment)
  _ = child.time(patience: .seconds(300)) { _ in false }
  var status: Int32 = 0
  waitpid(child.process, &status, 0)
  return status >> 8 & 0xff
}
