import Foundation

/// Where things of this project stand, and what was built from it.
package enum Repository {
  /// The directory that holds Package.swift.
  package static let root: String = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path

  package static func path(_ relative: String) -> String { root + "/" + relative }

  /// The executable of a product, beside the bundle of tests that runs; nil where it was not built.
  package static func product(_ name: String) -> String? {
    let running = URL(fileURLWithPath: CommandLine.arguments[0]).resolvingSymlinksInPath().deletingLastPathComponent()
      .path
    return [running, path(".build/debug")].map { $0 + "/" + name }
      .first { FileManager.default.isExecutableFile(atPath: $0) }
  }
}
