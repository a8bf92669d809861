import Music
import OpenSubsonic

/// A server's own word on whether its music has changed: two equal states mean that a pull would bring nothing new.
struct ServerState: Hashable {
  /// nil when the server says nothing that could be relied on.
  let text: String?
  /// How many tracks the server counts; a hint for the progress bar.
  let trackCount: Int?
  /// The server reads its folders at this moment: there may be more, or less, a little later.
  let isScanning: Bool

  /// Asks with two small calls; either may fail, since many servers know neither, or forbid them.
  init(of client: SubsonicClient) throws(RemoteError) {
    let scan = try Self.optional { () throws(RemoteError) in try client.scanStatus() } ?? nil
    // A moment far in the future: nothing is newer, so the answer is only the date.
    let indexes =
      try Self.optional { () throws(RemoteError) in
        try client.indexes(ifModifiedSince: 4_102_444_800_000)
      } ?? nil
    self.init(scan: scan, lastModified: indexes?.lastModified)
  }

  init(scan: Wire.ScanStatus?, lastModified: Int64?) {
    isScanning = scan?.scanning == true
    trackCount = scan?.count.flatMap { $0 > 0 ? $0 : nil }
    // 0 and the first day of 2000 are what servers send that keep no such date.
    let modified = lastModified.flatMap { $0 <= 946_684_800_000 ? nil : $0 }
    let scanned = scan?.lastScan?.timestamp.seconds
    guard !isScanning, modified != nil || scanned != nil else {
      text = nil
      return
    }
    text = "scan=\(scanned ?? 0) count=\(scan?.count ?? 0) modified=\(modified ?? 0)"
  }

  /// nil instead of the server's no; what means that there is no server is thrown.
  private static func optional<Value>(_ ask: () throws(RemoteError) -> Value) throws(RemoteError) -> Value? {
    do { return try ask() } catch {
      if error.meansOffline || error.isAboutCredentials { throw error }
      return nil
    }
  }
}
