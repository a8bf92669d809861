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
    list.draw(in: layout.body, on: &canvas, theme) {
      RowPicture(pane.rows[$0], state, isCurrent: pane.rows[$0].id == current)
    }
  }
}

extension RowPicture {
  /// The station's name, and where it comes from or what it plays.
  init(_ station: RadioStation, _ state: AppState, isCurrent: Bool) {
    let playing = isCurrent && state.currentTrack?.title != station.name ? state.currentTrack?.title : nil
    let place = station.homePage.isEmpty ? station.streamURL : station.homePage
    self.init(
      sign: isCurrent ? stateSign(state.player.state) : nil,
      fields: [Field(text: station.name, share: 2), Field(text: playing ?? place, share: 3, role: .dim)],
      role: isCurrent ? .current : nil)
  }
}
