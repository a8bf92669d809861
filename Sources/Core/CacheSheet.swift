// `:cache`: what of the music is on this computer, in numbers. The shell writes the rows.

extension AppState {
  mutating func toggleCacheSheet(_ token: ReplyToken?) -> [Effect] {
    guard token == nil else { return [.askCache(replyTo: token)] }
    if case .cache? = sheet?.content {
      sheet = nil
      return []
    }
    sheet = Sheet(.cache([]))
    return [.askCache(replyTo: nil)]
  }

  mutating func take(cache rows: [SheetRow], replyTo token: ReplyToken?) -> [Effect] {
    if let token { return [.reply(token, .words(lines(of: rows)))] }
    if case .cache? = sheet?.content { sheet?.content = .cache(rows) }
    return []
  }

  /// Bytes came or went.
  func refreshCacheSheet() -> [Effect] {
    if case .cache? = sheet?.content { [.askCache(replyTo: nil)] } else { [] }
  }
}
