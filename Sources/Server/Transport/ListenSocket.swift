import Glibc

/// Where to listen: an address, a name or `*`, and a port; 0 takes a free one.
package struct ListenAddress: Hashable, Sendable {
  package var host: String
  package var port: UInt16

  package init(host: String = "127.0.0.1", port: UInt16 = 4533) {
    self.host = host
    self.port = port
  }

  /// `127.0.0.1:4533`, `[::1]:4533`, `*:4533`, or a port alone, which is on loopback; nil for anything else.
  package init?(_ text: String) {
    let (host, port): (Substring, Substring)
    if let colon = text.lastIndex(of: ":") {
      (host, port) = (text[..<colon], text[text.index(after: colon)...])
    } else {
      (host, port) = ("127.0.0.1", text[...])
    }
    guard let number = UInt16(port), !host.isEmpty else { return nil }
    let isBracketed = host.hasPrefix("[") && host.hasSuffix("]")
    guard isBracketed || !host.contains(":") else { return nil }
    self.host = String(isBracketed ? host.dropFirst().dropLast() : host)
    self.port = number
  }

  /// For a URL.
  package var description: String { (host.contains(":") ? "[\(host)]" : host) + ":\(port)" }
}

/// A socket that listens; closed by whoever takes the descriptor.
struct ListenSocket {
  let descriptor: Int32
  let port: UInt16

  /// Binds to the first address the host has. Throws `ServerError.cannotListen`.
  init(_ address: ListenAddress) throws(ServerError) {
    var hints = addrinfo()
    hints.ai_flags = AI_PASSIVE | AI_NUMERICSERV
    hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
    var found: UnsafeMutablePointer<addrinfo>?
    let host = address.host == "*" ? nil : address.host
    guard getaddrinfo(host, String(address.port), &hints, &found) == 0, let found else {
      throw .cannotListen(address.description, errno: EADDRNOTAVAIL)
    }
    defer { freeaddrinfo(found) }
    let type = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue)
    let socket = socket(found.pointee.ai_family, type, 0)
    guard socket >= 0 else { throw .cannotListen(address.description, errno: errno) }
    Self.set(SO_REUSEADDR, 1, on: socket)
    // Small, so that what the log says was sent is near to what the other end has got.
    Self.set(SO_SNDBUF, 128 * 1024, on: socket)
    guard bind(socket, found.pointee.ai_addr, found.pointee.ai_addrlen) == 0, listen(socket, 128) == 0 else {
      let reason = errno
      close(socket)
      throw .cannotListen(address.description, errno: reason)
    }
    descriptor = socket
    port = Self.boundPort(of: socket)
  }

  private static func set(_ option: Int32, _ value: Int32, on socket: Int32) {
    var value = value
    setsockopt(socket, SOL_SOCKET, option, &value, socklen_t(MemoryLayout<Int32>.size))
  }

  private static func boundPort(of socket: Int32) -> UInt16 {
    var storage = sockaddr_storage()
    var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
    _ = withUnsafeMutableBytes(of: &storage) { bytes in
      getsockname(socket, bytes.baseAddress!.assumingMemoryBound(to: sockaddr.self), &length)
    }
    // The port stands in the same place in sockaddr_in and sockaddr_in6.
    return withUnsafeBytes(of: &storage) { UInt16(bigEndian: $0.load(fromByteOffset: 2, as: UInt16.self)) }
  }
}
