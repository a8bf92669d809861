import Fixtures
import Foundation
import Testing

/// Two players of one listener, on two computers, and one server: both edit the same playlist with no network, and meet.
extension EndToEnd {
  @Suite(.serialized)
  struct OneServer {
    /// A player on a screen, on a computer of its own.
    private struct Computer {
      let profile = Profile()
      let screen: Tmux

      init(_ server: any MusicHost) async throws {
        try await profile.login(server.url, user: server.user, password: server.password)
        screen = try await profile.open("--output", "silent", columns: 120, rows: 30)
        try await screen.wait(forText: "Lantern Quay Ensemble", within: .seconds(60))
        try await profile.say("view", "playlists")
      }

      func offline(_ on: Bool) async throws {
        try await profile.say("offline", on ? "on" : "off")
        if on { try await screen.wait(forText: "kept offline") }
      }

      /// A track goes behind the last one of the list.
      func append(_ title: String) async throws {
        try await screen.type("/title:" + title)
        try await screen.wait(for: "“\(title)” is found") { $0.lines.dropFirst(3).contains { $0.contains(title) } }
        try await screen.press("Enter", "y")
        try await screen.wait(forText: "is noted")
        try await profile.say("view", "playlists")
        try await screen.wait(for: "the list") {
          $0.lines.dropFirst(3).contains { $0.contains("Ebb") }
        }
        try await screen.press("l", "G", "p")
        try await screen.wait(for: "“\(title)” in the list") { shown in
          shown.contains("Playlists") && shown.lines.dropFirst(3).prefix(10).contains { $0.contains(title) }
        }
      }

      func rename(_ old: String, _ new: String) async throws {
        try await screen.press("R")
        try await screen.wait(forText: "New name: " + old)
        try await screen.press("C-u")
        try await screen.type(new)
        try await screen.press("Enter")
        try await screen.wait(for: "the new name") { $0.lines.dropFirst(2).prefix(5).contains { $0.contains(new) } }
      }

      /// The titles that the screen shows of the list, in order.
      func wait(for titles: [String], of name: String) async throws {
        do {
          try await screen.wait(for: "“\(name)” holds \(titles)", within: .seconds(60)) { shown in
            guard shown.contains(name) else { return false }
            let rows = shown.lines.dropFirst(3).prefix(titles.count + 1)
            return zip(rows, titles).allSatisfy { $0.contains($1) }
              && !(rows.last.map { row in DemoMusic.tracks.contains { row.contains($0.title) } } ?? false)
          }
        } catch let error as TimedOut { throw error }
      }

      func quit() async throws {
        try await screen.press("q")
        #expect(try await screen.finish() == 0)
      }
    }

    /// Both have the list, and look at it.
    private func meet(_ server: any MusicHost) async throws -> (Computer, Computer) {
      let home = try await Computer(server)
      let list = home.profile.file("Evening.m3u8")
      try DemoMusic.tracks.prefix(5).map(\.path).joined(separator: "\n")
        .write(toFile: list, atomically: true, encoding: .utf8)
      let told = try await home.profile.dulcet("playlist", "import", list)
      #expect(told.exitStatus == 0, "\(told.text) \(told.errors)")
      let titles = DemoMusic.tracks.prefix(5).map(\.title)
      try await eventually("the server has it") { try await server.playlists()["Evening"] == titles }
      let road = try await Computer(server)
      for computer in [home, road] { try await computer.wait(for: titles, of: "Evening") }
      return (home, road)
    }

    /// What both did stands in the list: at home the second was taken out, the last moved up and one added at the end; on
    /// the road the third was taken out, and another added at the end.
    private func edit(_ home: Computer, _ road: Computer) async throws {
      for computer in [home, road] { try await computer.offline(true) }
      try await home.screen.press("l", "g", "g", "j", "d", "G", "K")
      try await home.append("月の庭")
      try await road.screen.press("l", "g", "g", "j", "j", "d")
      try await road.append("Белые ночи")
    }

    private func converge(_ server: any MusicHost, homeFirst: Bool) async throws {
      let (home, road) = try await meet(server)
      try await edit(home, road)
      try await home.screen.press("h")
      try await home.rename("Evening", "Abend")
      try await road.screen.press("h")
      try await road.rename("Evening", "Soirée")
      // Neither has told the server anything.
      #expect(try await server.playlists()["Evening"] == DemoMusic.tracks.prefix(5).map(\.title))

      let (first, second) = homeFirst ? (home, road) : (road, home)
      let (firstName, secondName) = homeFirst ? ("Abend", "Soirée") : ("Soirée", "Abend")
      try await first.offline(false)
      try await eventually("the first one’s list is there") { try await server.playlists()[firstName]?.count == 5 }
      // Nobody types for a moment: then the question is asked by itself.
      try await Task.sleep(for: .seconds(4))
      try await second.offline(false)
      let question =
        "A playlist has two new names: “\(secondName)” here, “\(firstName)” elsewhere. Which shall it have?"
      try await second.screen.wait(forText: question, within: .seconds(60))
      try await second.screen.wait(for: "the ways") { screen in
        ["▸ Call it “\(secondName)”", "Call it “\(firstName)”", "Later"].allSatisfy { screen.contains($0) }
      }
      try await second.screen.press("Enter")
      try await second.screen.wait(forText: "It is called “\(secondName)”, elsewhere too.")

      var merged: [String] = []
      try await eventually("one list of that name is left", within: .seconds(60)) {
        let lists = try await server.playlists()
        merged = lists[secondName] ?? []
        return lists.count == 1 && !merged.isEmpty
      }
      let all = DemoMusic.tracks.map(\.title)
      #expect(Set(merged) == [all[0], all[3], all[4], "月の庭", "Белые ночи"] && merged.count == 5, "\(merged)")
      #expect(merged.prefix(3) == [all[0], all[4], all[3]])
      try await first.profile.say("sync")
      for computer in [first, second] {
        try await computer.wait(for: merged, of: secondName)
        try await computer.quit()
      }
    }

    @Test("additions, removals and moves of both happen, two new names are asked about", arguments: [true, false])
    func ours(homeFirst: Bool) async throws { try await converge(DemoServer(), homeFirst: homeFirst) }

    @Test(
      "the same on a server by others", .enabled(if: Supysonic.isInstalled, "make test fetches it"),
      arguments: [true, false])
    func theirs(homeFirst: Bool) async throws { try await converge(Supysonic(), homeFirst: homeFirst) }

    @Test("a list deleted there and changed here is asked about: kept, it is a new one; given up, it is gone here, too")
    func deletedThere() async throws {
      let server = try await DemoServer()
      let (home, road) = try await meet(server)
      for keeps in [true, false] {
        for computer in [home, road] { try await computer.offline(true) }
        try await home.screen.press("l", "g", "g", "d")
        try await road.screen.press("h", "d")
        try await road.screen.wait(forText: "Delete the playlist “Evening”?")
        try await road.screen.press("y")
        try await road.screen.wait(forText: "No playlists yet")
        try await road.offline(false)
        try await eventually("it is gone from the server") { try await server.playlists().isEmpty }
        try await Task.sleep(for: .seconds(4))
        try await home.offline(false)
        try await home.screen.wait(
          forText: "“Evening” was deleted elsewhere, and changed here. Shall it be kept?", within: .seconds(60))
        if keeps {
          try await home.screen.press("Enter")
          try await home.screen.wait(forText: "“Evening” stays; the server gets it as a new playlist.")
          try await eventually("it is on the server") { try await server.playlists()["Evening"]?.count == 4 }
          try await road.profile.say("sync")
          try await road.wait(for: DemoMusic.tracks.prefix(5).dropFirst().map(\.title), of: "Evening")
        } else {
          try await home.screen.press("Down", "Enter")
          try await home.screen.wait(forText: "“Evening” is deleted here, too. u brings it back.")
          try await home.screen.wait(forText: "No playlists yet")
          #expect(try await server.playlists().isEmpty)
          try await home.screen.press("u")
          try await eventually("it is back on the server") { try await server.playlists()["Evening"]?.count == 3 }
        }
      }
      for computer in [home, road] { try await computer.quit() }
    }

    @Test("what was done elsewhere to a list that is deleted here is not lost: it is among the versions")
    func deletedHere() async throws {
      let server = try await DemoServer()
      let (home, road) = try await meet(server)
      try await road.offline(true)
      try await road.screen.press("h", "d", "y")
      try await road.screen.wait(forText: "No playlists yet")
      try await home.append("Белые ночи")
      try await eventually("the server has it") { try await server.playlists()["Evening"]?.count == 6 }
      try await road.offline(false)
      try await road.screen.wait(forText: "others had changed it meanwhile", within: .seconds(60))
      #expect(try await server.playlists().isEmpty)
      try await road.profile.say("view", "versions")
      try await road.screen.wait(for: "all six") { $0.contains("Белые ночи") }
      try await road.screen.press("Enter")
      try await eventually("it is back, with what was added") { try await server.playlists()["Evening"]?.count == 6 }
      for computer in [home, road] { try await computer.quit() }
    }
  }
}
