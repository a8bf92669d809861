import CPicture

/// Why a picture is not shown.
package enum PictureError: Error, Hashable, Sendable {
  /// The library that reads its kind, or the one that draws, is not installed.
  case noLibrary
  /// Neither JPEG, PNG nor WebP.
  case unknownFormat
  case damaged
  case tooLarge
  case animated
}

/// A picture as pixels: red, green, blue, alpha, row after row.
package struct Picture: Hashable, Sendable {
  package let width: Int
  package let height: Int
  package let rgba: [UInt8]

  /// - Precondition: `rgba` holds four bytes for each pixel, and there is one at least.
  package init(width: Int, height: Int, rgba: [UInt8]) {
    precondition(width > 0 && height > 0 && rgba.count == width * height * 4, "the pixels of a picture")
    (self.width, self.height, self.rgba) = (width, height, rgba)
  }

  /// Reads a JPEG, PNG or WebP, made smaller where a side is longer than that. It may take a second for a huge one, never
  /// more than some 130 MB. For threads that may block.
  package init(decoding bytes: [UInt8], longestSide: Int = 640) throws(PictureError) {
    var decoded = dulcet_picture()
    let code = bytes.withUnsafeBufferPointer {
      dulcet_picture_decode($0.baseAddress, $0.count, Int32(longestSide), &decoded)
    }
    defer { dulcet_picture_free(&decoded) }
    if let error = PictureError(code: Int(code)) { throw error }
    let pixels = UnsafeBufferPointer(start: decoded.rgba, count: Int(decoded.width) * Int(decoded.height) * 4)
    self.init(width: Int(decoded.width), height: Int(decoded.height), rgba: Array(pixels))
  }
}

extension PictureError {
  fileprivate init?(code: Int) {
    switch code {
    case DULCET_PICTURE_OK: return nil
    case DULCET_PICTURE_NO_LIBRARY: self = .noLibrary
    case DULCET_PICTURE_UNKNOWN: self = .unknownFormat
    case DULCET_PICTURE_TOO_LARGE: self = .tooLarge
    case DULCET_PICTURE_ANIMATED: self = .animated
    default: self = .damaged
    }
  }
}
