import Core
import Music
import TUI

/// The radio stations.
struct RadioScreen {
  let state: AppState

  func draw(_ layout: ScreenLayout, on canvas: inout Canvas, _ theme: Theme) {
    let pane = state.radio.stations
    let list = ListPane(
      title: "Radio stations", place: .stations, state,
      whenEmpty: pane.isLoaded ? "No stations yet. :radio add URL NAME makes one." : "Reading…")
    let current = state.queue.current?.track.station
    let shares = shares(of: pane.rows, in: layout.body.columns - 7)
    list.draw(in: layout.body, on: &canvas, theme) {
      RowPicture(pane.rows[$0], state, shares, isCurrent: pane.rows[$0].id == current)
    }
  }

  /// Two fifths for the name, but what one column does not need the other has.
  private func shares(of stations: [RadioStation], in room: Int) -> (name: Int, place: Int) {
    // The first of very many stand for all.
    let some = stations.prefix(500)
    let names = some.reduce(0) { max($0, columnWidth(of: $1.name)) }
    let places = some.reduce(0) { max($0, columnWidth(of: $1.place)) }
    let usual = room * 2 / 5
    let left = room - places
    let name = names > usual ? min(names, max(usual, left)) : left < usual ? max(names, left) : usual
    return (max(1, name), max(1, room - name))
  }
}

extension RadioStation {
  /// Where it comes from.
  fileprivate var place: String { homePage.isEmpty ? streamURL : homePage }
}

extension RowPicture {
  /// The station's name, and where it comes from or what it plays.
  fileprivate init(
    _ station: RadioStation, _ state: AppState, _ shares: (name: Int, place: Int), isCurrent: Bool
  ) {
    let playing = isCurrent && state.currentTrack?.title != station.name ? state.currentTrack?.title : nil
    self.init(
      sign: isCurrent ? stateSign(state.player.state) : nil,
      fields: [
        Field(text: station.name, share: shares.name),
        Field(text: playing ?? station.place, share: shares.place, role: .dim),
      ],
      role: isCurrent ? .current : nil)
  }
}
