import Audio
import Fixtures
import Foundation
import HTTP
import Mpg123
import Testing

@testable import Radio

@Suite("The sound of a station")
struct StationSoundTests {
  /// Decodes so many frames, and counts those that are not silent.
  private func decode(_ frames: Int, from source: any ByteSource) throws -> (format: AudioFormat, loud: Int) {
    let decoder = try Mpg123Decoder(source: source)
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 65_536, alignment: 16)
    defer { buffer.deallocate() }
    var (count, loud) = (0, 0)
    while count < frames {
      guard case .frames(let some) = try decoder.decode(into: buffer) else { continue }
      count += some
      let bytes = UnsafeRawBufferPointer(rebasing: buffer[..<(some * decoder.format.bytesPerFrame)])
      loud += bytes.bindMemory(to: Int16.self).count { abs(Int($0)) > 50 }
    }
    return (decoder.format, loud)
  }

  @Test("begins in the middle of a frame, and goes on where the connection breaks every 64 KiB")
  func drops() throws {
    let music = [UInt8](try Data(contentsOf: URL(fileURLWithPath: DemoMusic.harbourLights[0].path)))
    let station = Station { listener in
      listener.send(Air.head("icy-metaint: 8192"))
      var bytes: [UInt8] = []
      for (number, start) in stride(from: 20_011, to: 20_011 + 65_536, by: 8192).enumerated() {
        bytes += music[start..<(start + 8192)] + Air.title("Piece \(number)")
      }
      listener.send(bytes)
    }
    let ear = Ear(station.url()) { $0.firstRetry = .milliseconds(5) }
    let (format, loud) = try decode(44_100 * 12, from: ear.source)
    #expect(format.rate == 44_100)
    #expect(loud > 44_100)
    #expect(ear.losses.count >= 1 && ear.losses.allSatisfy { $0 == .ended })
    #expect(ear.titles.first == "Piece 0" && ear.titles.count >= 8)
  }

  @Test("that is none is no audio, and nothing hangs")
  func garbage() throws {
    let station = Station { listener in
      listener.send(Air.head())
      listener.sendForever([UInt8](repeating: 0x55, count: 16_384))
    }
    let ear = Ear(station.url())
    #expect(throws: DecoderError.notAudio) { _ = try decode(44_100, from: ear.source) }
  }
}
