import Music
import TUI

/// The panel beside the lists; where there is no room beside them, it lies on them when it is asked for.
package struct PanelState: Sendable {
  package internal(set) var content = PanelContent.both
  /// The listener wants it beside the lists, where there is room.
  package internal(set) var isOn = true
  /// It lies on the lists.
  package internal(set) var isOver = false
  package internal(set) var pictures = PictureChoice.auto
  package internal(set) var cover = CoverState()
  package internal(set) var lyrics = LyricsState()
  package internal(set) var spectrum = SpectrumState()
}

extension AppState {
  package var isPanelShown: Bool { SizeTier(size) == .wide ? panel.isOn : panel.isOver }

  /// Where its parts lie; nil where it is not seen.
  package var panelLayout: PanelLayout? {
    guard isPanelShown, login == nil, SizeTier(size) > .tooSmall else { return nil }
    return PanelLayout(layout.panel, shownContent)
  }

  /// The whole queue has a screen of its own: the part of it in the panel is for beside the lists.
  package var shownContent: PanelContent {
    panel.content == .queue && SizeTier(size) < .wide ? .both : panel.content
  }

  mutating func perform(_ command: PanelCommand) -> [Effect] {
    switch command {
    case .show(let value):
      return showPanel(value == .toggle ? !isPanelShown : value == .on)
    case .content(let content):
      panel.content = content
      if content != shownContent { tellOfRoom() }
      return showPanel(true)
    case .next: return showNextContent()
    case .scroll(let direction):
      if !canScrollPanel { post(Notice(.information, "There are no lyrics on the screen to be moved.")) }
      scrollPanel(direction == .up ? .up : .down)
      return []
    case .lyricsOffset(let change): return setLyricsOffset(change)
    case .pictures(let choice):
      panel.pictures = choice
      panel.cover = CoverState()
      return [.setPictures(choice), .saveSetting(name: "pictures", value: choice.rawValue)]
    case .spectrum(let style):
      panel.spectrum.style = style
      return [.saveSetting(name: "spectrum", value: style.rawValue)]
    case .spectrumRate(let rate):
      panel.spectrum.rate = rate
      panel.spectrum.problem = nil
      return [.saveSetting(name: "spectrum-rate", value: rate.description)]
    }
  }

  /// What comes next is not shown on the lists.
  private mutating func tellOfRoom() {
    let least = SizeTier.wide.minimum
    let key = keymap.key(for: .view(.queue)) ?? ":view queue"
    post(
      Notice(
        .information,
        "What comes next is shown beside the lists, in a window of at least \(least.columns)×\(least.rows). "
          + "The whole queue: \(key)."))
  }

  /// Shows or hides it, and keeps what was wanted for the next run.
  private mutating func showPanel(_ on: Bool) -> [Effect] {
    if SizeTier(size) == .wide { panel.isOn = on } else { panel.isOver = on }
    // Hiding it where it lies on the lists says nothing of larger screens.
    guard SizeTier(size) == .wide || on else { return [] }
    if on { panel.isOn = true }
    return [.saveSetting(name: "panel", value: panel.isOn ? panel.content.rawValue : "off")]
  }

  private mutating func showNextContent() -> [Effect] {
    guard isPanelShown else { return showPanel(true) }
    let all = PanelContent.allCases.filter { $0 != .queue || SizeTier(size) == .wide }
    let place = all.firstIndex(of: shownContent) ?? -1
    panel.content = all[(place + 1) % all.count]
    return showPanel(true)
  }

  /// What has to hold after every message: what the panel shows is asked for, and nothing else.
  mutating func settlePanel() -> [Effect] { followCover() + followLyrics() + followSpectrum() }

  /// What the panel is about has not changed for a moment.
  mutating func panelRested() -> [Effect] { askCover() + askLyrics() }

  /// The motion of a cursor, where the panel lies on the lists; false where it does not.
  mutating func moveInPanel(_ motion: Motion) -> Bool {
    guard isPanelShown, layout.isBodyHidden else { return false }
    scrollPanel(motion)
    return true
  }
}
