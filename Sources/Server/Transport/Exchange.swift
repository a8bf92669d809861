import CMicroHTTPD
import Glibc
import OpenSubsonic

/// One request on its way in and its reply on its way out.
///
/// Lives on libmicrohttpd's thread, from the first call of the handler until the completion notice. While the connection
/// is suspended the answering thread alone touches it, and `MHD_resume_connection` (a mutex) hands it back: hence
/// `@unchecked Sendable`.
final class Exchange: @unchecked Sendable {
  private enum Limits {
    static let form = 10 * 1024 * 1024
    /// Each takes many times the room of the two bytes that it may be sent as.
    static let fields = 100_000
  }

  let connection: OpaquePointer
  let method: String
  let path: String
  var reply: Reply?
  var isDispatched = false
  private(set) var isTooLarge = false
  private var form: [(name: String, value: [UInt8])] = []
  private var formSize = 0
  private var processor: OpaquePointer?

  init(connection: OpaquePointer, method: String, path: String) {
    self.connection = connection
    self.method = method
    self.path = path
  }

  deinit { if let processor { MHD_destroy_post_processor(processor) } }

  /// Takes the next piece of the body; what is no form, or too much, is read and dropped.
  func receive(_ bytes: UnsafePointer<CChar>, _ count: Int) {
    formSize += count
    guard formSize <= Limits.form else {
      isTooLarge = true
      return
    }
    if processor == nil {
      processor = MHD_create_post_processor(
        connection, 64 * 1024, formField, Unmanaged.passUnretained(self).toOpaque())
    }
    if let processor { _ = MHD_post_process(processor, bytes, count) }
  }

  fileprivate func add(name: String, bytes: UnsafeBufferPointer<UInt8>, offset: UInt64) {
    if offset > 0, !form.isEmpty, form[form.count - 1].name == name {
      form[form.count - 1].value += bytes
    } else if form.count >= Limits.fields {
      isTooLarge = true
    } else {
      form.append((name, Array(bytes)))
    }
  }

  /// Everything read: the request, for the answering thread.
  func request() -> Request {
    if let processor { MHD_destroy_post_processor(processor) }
    processor = nil
    let body = form.map { Parameter($0.name, String(decoding: $0.value, as: UTF8.self)) }
    return Request(
      method: method, path: path, parameters: pairs(.GET_ARGUMENT_KIND).map { Parameter($0.name, $0.value) } + body,
      headers: Dictionary(pairs(.HEADER_KIND).map { ($0.name.lowercased(), $0.value) }) { $1 },
      address: addressText(of: connection))
  }

  /// Its headers can be read in two ways about where its body ends: what a proxy in front of us took for one request
  /// could be two here (RFC 9112 §6.3, §11.2).
  var hasAmbiguousLength: Bool {
    let names = pairs(.HEADER_KIND).map { $0.name.lowercased() }
    let lengths = names.filter { $0 == "content-length" || $0 == "transfer-encoding" }
    return lengths.count > 1 || names.contains { $0.contains(where: \.isWhitespace) }
  }

  private func pairs(_ kind: MHD_ValueKind) -> [(name: String, value: String)] {
    let list = PairList()
    withExtendedLifetime(list) {
      _ = MHD_get_connection_values_n(connection, kind, collectPair, Unmanaged.passUnretained(list).toOpaque())
    }
    return list.pairs
  }
}

private final class PairList {
  var pairs: [(name: String, value: String)] = []
}

// C callbacks stand at file scope: a closure written in an isolated context would trap on another thread.

private func collectPair(
  _ context: UnsafeMutableRawPointer?, _ kind: MHD_ValueKind, _ key: UnsafePointer<CChar>?, _ keySize: Int,
  _ value: UnsafePointer<CChar>?, _ valueSize: Int
) -> MHD_Result {
  let list = Unmanaged<PairList>.fromOpaque(context!).takeUnretainedValue()
  list.pairs.append((text(key, keySize), text(value, valueSize)))
  return .YES
}

private func formField(
  _ context: UnsafeMutableRawPointer?, _ kind: MHD_ValueKind, _ key: UnsafePointer<CChar>?,
  _ fileName: UnsafePointer<CChar>?, _ contentType: UnsafePointer<CChar>?, _ encoding: UnsafePointer<CChar>?,
  _ data: UnsafePointer<CChar>?, _ offset: UInt64, _ size: Int
) -> MHD_Result {
  let exchange = Unmanaged<Exchange>.fromOpaque(context!).takeUnretainedValue()
  let name = key.map { String(cString: $0) } ?? ""
  guard let data else {
    exchange.add(name: name, bytes: UnsafeBufferPointer(start: nil, count: 0), offset: offset)
    return .YES
  }
  data.withMemoryRebound(to: UInt8.self, capacity: size) {
    exchange.add(name: name, bytes: UnsafeBufferPointer(start: $0, count: size), offset: offset)
  }
  return .YES
}

private func text(_ start: UnsafePointer<CChar>?, _ count: Int) -> String {
  guard let start else { return "" }
  return String(decoding: UnsafeRawBufferPointer(start: start, count: count), as: UTF8.self)
}

private func addressText(of connection: OpaquePointer) -> String {
  guard let address = dulcet_mhd_address(connection) else { return "" }
  let length =
    address.pointee.sa_family == sa_family_t(AF_INET6)
    ? MemoryLayout<sockaddr_in6>.size : MemoryLayout<sockaddr_in>.size
  var buffer = [CChar](repeating: 0, count: 64)
  guard getnameinfo(address, socklen_t(length), &buffer, 64, nil, 0, NI_NUMERICHOST) == 0 else { return "" }
  return buffer.withUnsafeBytes { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
}
