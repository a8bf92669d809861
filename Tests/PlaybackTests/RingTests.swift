import Audio
import Glibc
import Synchronization
import Testing
import Threading

@Suite(.timeLimit(.minutes(40))) struct RingTests {
  /// Writes the numbers from `first` on; returns how many went in.
  private func write(_ writer: borrowing RingWriter, _ numbers: [Int16]) -> Int {
    var rest = numbers[...]
    while !rest.isEmpty {
      let wrote = writer.write { buffer in
        let part = rest.prefix(buffer.count / 2)
        part.withUnsafeBytes { buffer.copyMemory(from: $0) }
        return part.count
      }
      guard wrote > 0 else { break }
      rest = rest.dropFirst(wrote)
    }
    return numbers.count - rest.count
  }

  private func read(_ reader: inout RingReader, atMost limit: Int = .max) -> [Int16] {
    var numbers: [Int16] = []
    while numbers.count < limit {
      let read = reader.read(atMost: limit - numbers.count) { bytes in
        numbers += bytes.bindMemory(to: Int16.self)
        return bytes.count / 2
      }
      if read == 0 { break }
    }
    return numbers
  }

  @Test("frames come out as they went in, around the end of the store")
  func around() {
    var writer = RingWriter(capacity: 5, bytesPerFrame: 2)
    var reader = writer.makeReader()
    // [0 1 2 3 4]
    let result1 = write(writer, [0, 1, 2, 3, 4, 5])
    #expect(result1 == 5)
    let numbers7 = read(&reader, atMost: 3)
    #expect(numbers7 == [0, 1, 2])
    // Handed over is not gone: there is no room yet.
    let result2 = writer.space
    #expect(result2 == 0)
    reader.release(upTo: 2)
    // [5 6 2 3 4]: 2 is with the device, 3 and 4 wait.
    let result3 = write(writer, [5, 6, 7])
    #expect(result3 == 2)
    let numbers8 = read(&reader)
    #expect(numbers8 == [3, 4, 5, 6])
    let (waiting, cursor) = (reader.waiting, reader.cursor)
    #expect(waiting == 0 && cursor == 7)
  }

  @Test("what was handed over and not heard is handed over again")
  func takeBack() {
    var writer = RingWriter(capacity: 8, bytesPerFrame: 2)
    var reader = writer.makeReader()
    _ = write(writer, [0, 1, 2, 3, 4, 5])
    _ = read(&reader, atMost: 5)
    reader.release(upTo: 2)
    reader.takeBack(2)
    let numbers9 = read(&reader)
    #expect(numbers9 == [3, 4, 5])
    reader.takeBack(100)
    let cursor = reader.cursor
    #expect(cursor == 2)
  }

  @Test("the writer takes back what was not handed over, and nothing else")
  func rewind() {
    var writer = RingWriter(capacity: 8, bytesPerFrame: 2)
    var reader = writer.makeReader()
    _ = write(writer, [0, 1, 2, 3, 4, 5])
    let rewound4 = writer.rewind(to: 4)
    #expect(rewound4)
    _ = write(writer, [9])
    let numbers10 = read(&reader, atMost: 3)
    #expect(numbers10 == [0, 1, 2])
    let rewound5 = writer.rewind(to: 2)
    #expect(!rewound5)
    let rewound6 = writer.rewind(to: 3)
    #expect(rewound6)
    let numbers11 = read(&reader)
    #expect(numbers11 == [])
    _ = write(writer, [7])
    let numbers12 = read(&reader)
    #expect(numbers12 == [7])
  }

  @Test("between two threads nothing is lost, doubled or torn, whatever the writer takes back")
  func twoThreads() {
    let count = 200_000
    var writer = RingWriter(capacity: 777, bytesPerFrame: 4)
    let shared = Mutex<RingReader?>(writer.makeReader())
    let box = Box(shared)
    let sum = Monitor<(seen: Int, wrong: Int)?>(nil)
    let thread = OSThread("ring-reader") {
      guard var reader = box.reader.withLock({ $0.take() }) else { return }
      var expected: Int32 = 0
      var wrong = 0
      while expected < count {
        let got = reader.read(atMost: 100) { bytes in
          for number in bytes.bindMemory(to: Int32.self) {
            if number != expected { wrong += 1 }
            expected += 1
          }
          return bytes.count / 4
        }
        if got == 0 { _ = pollPause() }
        reader.release(upTo: reader.cursor)
      }
      let result = (Int(expected), wrong)
      sum.update { $0 = result }
    }
    var next: Int32 = 0
    while next < count {
      let wrote = writer.write(atMost: 64) { buffer in
        let numbers = buffer.bindMemory(to: Int32.self)
        let length = min(numbers.count, count - Int(next))
        for index in 0..<length { numbers[index] = next + Int32(index) }
        return length
      }
      next += Int32(wrote)
      // Now and then the last few are taken back, where they are still there, and written again.
      if next % 5 == 0, wrote > 3, next < count, writer.rewind(to: Int(next) - 3) { next -= 3 }
    }
    thread.join()
    let result = sum.withLock { $0 }
    #expect(result?.seen == count)
    #expect(result?.wrong == 0)
  }
}

private final class Box: Sendable {
  let reader: Mutex<RingReader?>
  init(_ reader: consuming Mutex<RingReader?>) { self.reader = reader }
}

private func pollPause() -> Int32 { poll(nil, 0, 0) }
