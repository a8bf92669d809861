import Glibc

/// Where the parts of dulcet that are not this executable stand.
package enum Installation {
  /// The directory of the running executable.
  static var executableDirectory: String? {
    var buffer = [UInt8](repeating: 0, count: Int(PATH_MAX))
    let count = readlink("/proc/self/exe", &buffer, buffer.count)
    guard count > 0 else { return nil }
    let path = String(decoding: buffer[..<count], as: UTF8.self)
    return path.lastIndex(of: "/").map { String(path[..<$0]) }
  }

  /// `dulcet-server`, beside this executable or on the PATH.
  static var server: String? {
    let path = currentEnvironment()["PATH"] ?? ""
    let directories = [executableDirectory].compactMap { $0 } + path.split(separator: ":").map(String.init)
    return directories.map { $0 + "/dulcet-server" }.first { access($0, X_OK) == 0 }
  }

  /// The demo music.
  package static var demo: String? { shared("demo/music") }

  /// The themes that come with dulcet.
  package static var themes: String? { shared("themes") }

  /// Installed: PREFIX/share/dulcet beside PREFIX/bin. In a checkout: in one of the directories above `.build/debug`.
  private static func shared(_ name: String) -> String? {
    guard var directory = executableDirectory else { return nil }
    let installed = directory + "/../share/dulcet/" + name
    if access(installed, R_OK) == 0 { return installed }
    while let slash = directory.lastIndex(of: "/") {
      directory = String(directory[..<slash])
      // Package.swift beside it: this is a checkout, not a folder of the same name by chance.
      if access(directory + "/Package.swift", R_OK) == 0, access(directory + "/" + name, R_OK) == 0 {
        return directory + "/" + name
      }
    }
    return nil
  }
}
