import Core
import Music
import TUI

/// The now-playing bar: what plays and how, and below it how far it is and which parts of it are here.
struct PlayingBar {
  let state: AppState

  func draw(in rect: Rect, on canvas: inout Canvas, _ theme: Theme) {
    let modes = modes(columns: rect.columns)
    let modesWidth = canvas.write(
      modes, endingAt: rect.endColumn - 1, rect.row, columns: rect.columns * 3 / 5, style: theme[.barMode])
    drawTitle(at: rect.column + 1, rect.row, columns: rect.columns - modesWidth - 4, on: &canvas, theme)
    drawProgress(
      in: Rect(column: rect.column, row: rect.endRow - 1, columns: rect.columns, rows: 1), on: &canvas, theme)
  }

  private func drawTitle(at column: Int, _ row: Int, columns: Int, on canvas: inout Canvas, _ theme: Theme) {
    guard let track = state.currentTrack else {
      canvas.write("Nothing is playing", at: column, row, columns: columns, style: theme[.barMode])
      return
    }
    var at = column
    let end = column + columns
    at += canvas.write(
      theme[stateSign(state.player.state)] + " ", at: at, row, columns: columns, style: theme[.barTitle])
    at += canvas.write(track.title, at: at, row, columns: end - at, style: theme[.barTitle])
    let rest = [track.artist, track.album].filter { !$0.isEmpty }.joined(separator: " · ")
    guard !rest.isEmpty, end - at > 5 else { return }
    canvas.write(rest, at: at + 2, row, columns: end - at - 2, style: theme[.barText])
  }

  /// In words, the most pressing first; those that find no room are left out.
  private func modes(columns: Int) -> String {
    let isShort = columns < 70
    let gap = isShort ? " " : "  "
    let volume = state.sound.isMuted ? "muted" : isShort ? "\(state.player.volume)%" : "volume \(state.player.volume)"
    let room = columns * 3 / 5 - volume.count
    var line = ""
    for word in words(isShort: isShort) {
      if columnWidth(of: line) + columnWidth(of: word) + gap.count <= room { line += word + gap }
    }
    return line + volume
  }

  private func words(isShort: Bool) -> [String] {
    let player = state.player
    let modes = state.modes
    var words: [String?] = [
      state.isKeptOffline ? (isShort ? "offline!" : "kept offline") : state.isOffline ? "offline" : nil,
      state.queue.current?.track.isRadio == true ? "radio" : nil,
      player.isBuffering ? "buffering" : nil,
      player.state == .paused ? "paused" : nil, outputWord(isShort: isShort),
    ]
    switch modes.sleep {
    case .at?: words.append(state.sleepTimeLeft.map { "sleep \(clock($0))" })
    case .endOfTrack?: words.append("sleep track")
    case .endOfAlbum?: words.append("sleep album")
    case nil: break
    }
    switch state.sound.loop {
    case .none: break
    case .from: words.append("A–")
    case .between: words.append("A–B")
    }
    if modes.stopAfter != .off { words.append(isShort ? "stop" : "stop after \(modes.stopAfter.rawValue)") }
    if state.sound.settings.speed != 1 { words.append((isShort ? "×" : "speed ") + plain(state.sound.settings.speed)) }
    if !isShort { words.append(state.sound.decoded?.badge) }
    switch state.queue.shuffleMode {
    case .off: break
    case .tracks: words.append("shuffle")
    case .albums: words.append(isShort ? "shuffle" : "shuffle albums")
    }
    if state.queue.repeatMode != .off { words.append("repeat \(state.queue.repeatMode.rawValue)") }
    if modes.isConsuming { words.append("consume") }
    if !isShort, state.sound.settings.replayGain != .off {
      words.append("gain \(state.sound.settings.replayGain.rawValue)")
    }
    if !state.sound.settings.equalizer.isFlat {
      words.append(isShort ? "eq" : state.sound.settings.equalizer.presetName ?? "equaliser")
    }
    return words.compactMap(\.self)
  }

  private func outputWord(isShort: Bool) -> String? {
    switch state.player.output?.kind {
    case .silent: "silent"
    case .missing: isShort ? "silent" : "no sound device"
    default: nil
    }
  }

  private func drawProgress(in rect: Rect, on canvas: inout Canvas, _ theme: Theme) {
    let isLoaded = state.queue.current != nil
    let left = isLoaded ? clock(state.player.position) : ""
    let right = isLoaded && state.player.duration > .zero ? clock(state.player.duration) : ""
    let timeWidth = max(left.count, right.count, 4)
    canvas.write(left, endingAt: rect.column + 1 + timeWidth, rect.row, style: theme[.barText])
    canvas.write(right, endingAt: rect.endColumn - 1, rect.row, style: theme[.barText])
    let bar = Rect(
      column: rect.column + timeWidth + 2, row: rect.row, columns: rect.columns - 2 * timeWidth - 4, rows: 1)
    drawTrough(in: bar, on: &canvas, theme)
  }

  /// `━` heard, `●` here we are, `─` here already, `┄` still at the server.
  private func drawTrough(in rect: Rect, on canvas: inout Canvas, _ theme: Theme) {
    let width = rect.columns
    guard width > 0 else { return }
    let fraction = state.player.duration > .zero ? min(1, state.player.position / state.player.duration) : 0
    let isLoaded = state.queue.current != nil
    let head = isLoaded ? min(width - 1, Int(fraction * Double(width))) : -1
    for place in 0..<width {
      let column = rect.column + place
      if place < head {
        canvas.write(theme[Sign.played], at: column, rect.row, style: theme[.played])
      } else if place == head {
        canvas.write(theme[Sign.head], at: column, rect.row, style: theme[.played])
      } else {
        let isHere = isLoaded && isCached((Double(place) + 0.5) / Double(width))
        canvas.write(
          theme[isHere ? Sign.fetched : .missing], at: column, rect.row, style: theme[isHere ? .fetched : .missing])
      }
    }
  }

  private func isCached(_ fraction: Double) -> Bool { state.player.cached.contains { $0.contains(fraction) } }
}
