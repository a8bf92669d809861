import CSodium
import Glibc

/// libsodium's calls that the accounts need, on arrays of bytes. Any thread.
enum Sodium {
  /// Before anything else; throws where libsodium finds no random numbers.
  static func start() throws(ServerError) {
    guard sodium_init() >= 0 else { throw .libraryFailed("libsodium") }
  }

  static func random(_ count: Int) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
      if count > 0 { randombytes_buf(buffer.baseAddress!, count) }
      initialized = count
    }
  }

  /// 32 bytes (BLAKE2b); keyed when a key is given.
  static func hash(_ bytes: [UInt8], key: [UInt8] = []) -> [UInt8] {
    var digest = [UInt8](repeating: 0, count: 32)
    let code = crypto_generichash(&digest, digest.count, bytes, UInt64(bytes.count), key, key.count)
    precondition(code == 0, "crypto_generichash")
    return digest
  }

  /// In a time that tells nothing about where the difference is.
  static func areEqual(_ a: [UInt8], _ b: [UInt8]) -> Bool {
    // Hashed first: the lengths tell nothing either.
    let key = random(32)
    let (first, second) = (hash(a, key: key), hash(b, key: key))
    return sodium_memcmp(first, second, first.count) == 0
  }

  static var boxKeySize: Int { crypto_secretbox_keybytes() }

  /// Encrypts and authenticates; the nonce stands in front.
  static func seal(_ message: [UInt8], key: [UInt8]) -> [UInt8] {
    let nonce = random(crypto_secretbox_noncebytes())
    var box = [UInt8](repeating: 0, count: message.count + crypto_secretbox_macbytes())
    let code = crypto_secretbox_easy(&box, message, UInt64(message.count), nonce, key)
    precondition(code == 0, "crypto_secretbox_easy")
    return nonce + box
  }

  /// nil when it was not sealed with this key, or was changed.
  static func open(_ sealed: [UInt8], key: [UInt8]) -> [UInt8]? {
    let nonceSize = crypto_secretbox_noncebytes()
    guard sealed.count >= nonceSize + crypto_secretbox_macbytes() else { return nil }
    let box = Array(sealed[nonceSize...])
    var message = [UInt8](repeating: 0, count: box.count - crypto_secretbox_macbytes())
    let code = crypto_secretbox_open_easy(&message, box, UInt64(box.count), Array(sealed[..<nonceSize]), key)
    return code == 0 ? message : nil
  }
}
