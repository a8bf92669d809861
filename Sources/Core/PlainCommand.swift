import Music

extension AppState {
  /// Whether the line mode tells each new track.
  mutating func setAnnouncing(_ value: Switch) -> [Effect] {
    let on = value == .toggle ? lineMode?.announces != true : value == .on
    lineMode?.announces = on
    post(Notice(.information, on ? "The line mode tells each new track." : "The line mode tells no new tracks."))
    return [.saveSetting(name: "announce", value: on ? "on" : "off")]
  }
}
