import Fixtures
import Foundation

/// A server that players sign in to.
protocol MusicHost: Sendable {
  var url: String { get }
  var user: String { get }
  var password: String { get }
  func stop()
}

extension DemoServer: MusicHost {}
extension Supysonic: MusicHost {}

extension MusicHost {
  /// The names of the server's playlists with their titles, asked as any client asks.
  func playlists() async throws -> [String: [String]] {
    var found: [String: [String]] = [:]
    for list in try await ask("getPlaylists").playlists?.playlist ?? [] {
      found[list.name] = try await ask("getPlaylist", ["id": list.id]).playlist?.entry?.map(\.title) ?? []
    }
    return found
  }

  /// All of them, also those that share a name.
  func allPlaylists() async throws -> [(name: String, titles: [String])] {
    var found: [(name: String, titles: [String])] = []
    for list in try await ask("getPlaylists").playlists?.playlist ?? [] {
      found.append((list.name, try await ask("getPlaylist", ["id": list.id]).playlist?.entry?.map(\.title) ?? []))
    }
    return found
  }

  /// Says something that changes the server, as another client of the same user would.
  func tell(_ call: String, _ parameters: [String: String]) async throws { _ = try await ask(call, parameters) }

  /// The id of the playlist of that name.
  func playlistID(_ name: String) async throws -> String? {
    try await ask("getPlaylists").playlists?.playlist?.first { $0.name == name }?.id
  }

  private func ask(_ call: String, _ parameters: [String: String] = [:]) async throws -> HeldAnswer.Response {
    let common = ["u": user, "p": password, "c": "test", "v": "1.12.0", "f": "json"]
    let words = common.merging(parameters) { $1 }.flatMap { ["--data-urlencode", "\($0.key)=\($0.value)"] }
    let answer = try await Program.run("curl", ["-sfG", url + "/rest/" + call] + words).output
    return try JSONDecoder().decode(HeldAnswer.self, from: answer).response
  }
}

private struct HeldAnswer: Decodable {
  struct Response: Decodable {
    var playlists: Lists?
    var playlist: List?
  }
  struct Lists: Decodable { var playlist: [List]? }
  struct List: Decodable {
    var id: String
    var name: String
    var entry: [Entry]?
  }
  struct Entry: Decodable { var title: String }
  var response: Response
  enum CodingKeys: String, CodingKey { case response = "subsonic-response" }
}
