/// How a rendition is cut: chunks of 256 KiB, counted from 0, the last one shorter.
enum Chunk {
  static let size = 256 << 10
  /// Bits of a row's id that count chunks: the rest name the rendition.
  static let indexBits: Int64 = 20
  /// The longest rendition that can be held: 256 GiB. A server that claims more is not believed.
  static let longest = Int64(size) << indexBits

  static func index(of offset: Int64) -> Int { Int(offset / Int64(size)) }

  /// Offsets of a chunk's bytes, as if it were a full one.
  static func range(_ index: Int) -> Range<Int64> {
    let start = Int64(index) * Int64(size)
    return start..<start + Int64(size)
  }

  static func rowID(rendition: Int64, index: Int) -> Int64 { rendition << indexBits | Int64(index) }
  static func index(ofRow id: Int64) -> Int { Int(id & (1 << indexBits - 1)) }
  static func rendition(ofRow id: Int64) -> Int64 { id >> indexBits }
  /// The rows of one rendition.
  static func rows(of rendition: Int64) -> ClosedRange<Int64> {
    rowID(rendition: rendition, index: 0)...rowID(rendition: rendition, index: 1 << indexBits - 1)
  }
}

/// The bytes of one chunk as far as they are known: while it arrives, or when a transfer was cut within it.
struct ChunkBuffer: Sendable {
  /// From the chunk's start up to the last known byte; zeros where a byte is unknown.
  private(set) var bytes: [UInt8] = []
  /// Which of `bytes` are known.
  private(set) var known = RangeSet<Int>()

  init() { bytes.reserveCapacity(Chunk.size) }

  /// - Parameter memory: empty; best with room for a chunk.
  init(in memory: [UInt8]) { bytes = memory }

  init(bytes: [UInt8], known: RangeSet<Int>) {
    self.bytes = bytes
    self.known = known
  }

  /// Leaves nothing, and gives its memory to another.
  mutating func takeMemory() -> [UInt8] {
    bytes.removeAll(keepingCapacity: true)
    defer { self = ChunkBuffer(in: []) }
    return bytes
  }

  var knownCount: Int { known.ranges.reduce(0) { $0 + $1.count } }
  var isFull: Bool { knownCount == Chunk.size }

  mutating func put(_ new: UnsafeRawBufferPointer, at start: Int) {
    precondition(start >= 0 && start + new.count <= Chunk.size)
    if start > bytes.count { bytes.append(contentsOf: repeatElement(0, count: start - bytes.count)) }
    let inside = min(bytes.count - start, new.count)
    if inside > 0 {
      bytes.withUnsafeMutableBytes { $0[start..<start + inside].copyBytes(from: new[..<inside]) }
    }
    bytes.append(contentsOf: new[inside...])
    known.insert(contentsOf: start..<start + new.count)
  }

  /// Takes over the bytes of `other` that are not known here.
  mutating func fill(from other: ChunkBuffer) {
    other.bytes.withUnsafeBytes { bytes in
      for range in other.known.subtracting(known).ranges {
        put(UnsafeRawBufferPointer(rebasing: bytes[range]), at: range.lowerBound)
      }
    }
  }

  /// How many known bytes follow one another from `start` on.
  func runLength(from start: Int) -> Int {
    known.ranges.first { $0.contains(start) }.map { $0.upperBound - start } ?? 0
  }

  /// Copies known bytes from `start` on. Returns how many; 0 when the first is unknown.
  func copy(from start: Int, into target: UnsafeMutableRawBufferPointer) -> Int {
    let count = min(runLength(from: start), target.count)
    guard count > 0 else { return 0 }
    bytes.withUnsafeBytes { target.copyBytes(from: $0[start..<start + count]) }
    return count
  }
}

extension ChunkBuffer {
  /// Whether the bytes at `start` are these. They must be known.
  func matches(_ other: UnsafeRawBufferPointer, at start: Int) -> Bool {
    precondition(runLength(from: start) >= other.count)
    return bytes.withUnsafeBytes { $0[start..<start + other.count].elementsEqual(other) }
  }
}
