import Music

/// What `dulcet-server` says of one file of this computer: `cover` or `lyrics`. Blocks its thread until the child ends.
///
/// - Parameter path: as the catalogue has it; names that are not UTF-8 cannot be passed on and have nothing.
/// - Returns: nil where there is nothing, or no `dulcet-server`.
func askServerProgram(_ word: String, about path: String, atMost limit: Int) -> [UInt8]? {
  guard let program = Installation.server, PathText.bytes(of: path).elementsEqual(path.utf8) else { return nil }
  guard let child = try? ChildProcess([program, word, "--", path]) else { return nil }
  var bytes: [UInt8] = []
  let status = child.readAll { piece in
    bytes += piece
    if bytes.count > limit { child.terminate() }
  }
  return status == 0 && !bytes.isEmpty && bytes.count <= limit ? bytes : nil
}
