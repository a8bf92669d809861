import Glibc

/// A response as it came over the socket.
struct RawResponse {
  var status = 0
  /// Lower-case names.
  var headers: [String: String] = [:]
  var body: [UInt8] = []
  var text: String { String(decoding: body, as: UTF8.self) }
}

/// Speaks HTTP over a plain socket: nothing is added, followed or decoded.
struct RawHTTP {
  let port: UInt16

  func get(_ target: String, _ headers: [String: String] = [:]) -> RawResponse {
    request("GET", target, headers)
  }

  func request(_ method: String, _ target: String, _ headers: [String: String] = [:], body: [UInt8] = []) -> RawResponse
  {
    var text = "\(method) \(target) HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
    for (name, value) in headers { text += "\(name): \(value)\r\n" }
    if !body.isEmpty { text += "Content-Length: \(body.count)\r\n" }
    let socket = open()
    defer { close(socket) }
    send(Array((text + "\r\n").utf8) + body, on: socket)
    return parse(receive(until: .max, on: socket))
  }

  func post(_ target: String, form: String) -> RawResponse {
    request("POST", target, ["Content-Type": "application/x-www-form-urlencoded"], body: Array(form.utf8))
  }

  /// A connected socket, for the caller to close.
  func open() -> Int32 {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var limit = timeval(tv_sec: 30, tv_usec: 0)
    setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
    let result = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    precondition(result == 0, "connect: \(errno)")
    return descriptor
  }

  func send(_ bytes: [UInt8], on socket: Int32) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
      if count <= 0 { return }
      rest = rest.dropFirst(count)
    }
  }

  /// Until the other end closes, or this many bytes are there.
  func receive(until limit: Int, on socket: Int32) -> [UInt8] {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 64 * 1024)
    while bytes.count < limit {
      let count = recv(socket, &buffer, min(buffer.count, limit - bytes.count), 0)
      if count <= 0 { break }
      bytes += buffer[..<count]
    }
    return bytes
  }

  private func parse(_ bytes: [UInt8]) -> RawResponse {
    var response = RawResponse()
    guard let end = bytes.indices.first(where: { bytes[$0...].starts(with: Array("\r\n\r\n".utf8)) }) else {
      return response
    }
    let lines = String(decoding: bytes[..<end], as: UTF8.self).split(separator: "\r\n")
    response.status = lines.first?.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
    for line in lines.dropFirst() {
      let parts = line.split(separator: ":", maxSplits: 1)
      response.headers[parts[0].lowercased()] = parts.count == 2 ? String(parts[1].drop { $0 == " " }) : ""
    }
    response.body = Array(bytes[(end + 4)...])
    return response
  }
}
