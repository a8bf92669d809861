import Cache
import Core
import Music

extension Services {
  func importList(_ file: String, named name: String?, replyTo token: ReplyToken?) {
    // What was not found in a list is kept beside the state.
    exchange.importList(
      file, named: name, on: accounts.origin, exchangeView, missing: paths.state + "/not-found", replyTo: token)
  }

  func exportList(_ list: ExportedList, _ title: String, _ file: String, replyTo token: ReplyToken?) {
    exchange.exportList(list, title, file, exchangeView, replyTo: token)
  }

  private var exchangeView: ExchangeService.View {
    ExchangeService.View(scope: accounts.scope) { [cache] in cache.withTracks { $0.wholeTracks() } }
  }
}
