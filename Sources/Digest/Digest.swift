import CDigest

/// The MD5 of `bytes` as 32 lower-case hexadecimal digits: OpenSubsonic's token, never a protection of anything else.
package func md5Hex(_ bytes: some Sequence<UInt8>) -> String {
  var context = MD5_CTX()
  MD5Init(&context)
  let array = Array(bytes)
  MD5Update(&context, array, array.count)
  var digest = [UInt8](repeating: 0, count: Int(MD5_DIGEST_LENGTH))
  MD5Final(&digest, &context)
  return digest.map { byte in
    let digits = String(byte, radix: 16)
    return digits.count == 1 ? "0" + digits : digits
  }.joined()
}

/// XXH3, 64 bits: tells a damaged chunk from a whole one. Not cryptographic.
package func xxh3(_ bytes: UnsafeRawBufferPointer) -> UInt64 { dulcet_xxh3(bytes.baseAddress, bytes.count) }
