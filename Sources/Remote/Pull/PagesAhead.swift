import Digest
import HTTP
import Library
import OpenSubsonic
import Threading

/// The pages of one section, some ahead: while a page is stored, the next are on their way and are read.
///
/// It asks the server for one page at a time and knows no catalogue. Its thread lives until the last page, the first
/// failure, or `end`.
final class PagesAhead<Record: Sendable>: Sendable {
  private struct State: Sendable {
    var waiting: [Result<ServerPage<Record>, RemoteError>] = []
    var isOver = false

    /// Where most pages came as the last time, the next that did not is read meanwhile. What is read takes memory.
    var isFull: Bool { waiting.count >= 8 || waiting.count { (try? $0.get())?.items != nil } >= 2 }
  }

  private let state: Monitor<State>
  private let thread: Monitor<OSThread?>

  init(_ walk: PageWalk<Record>) {
    let state = Monitor(State())
    self.state = state
    thread = Monitor(
      OSThread("pages") {
        var walk = walk
        var goesOn = true
        while goesOn {
          let page = Result { () throws(RemoteError) in try walk.next() }
          let isEnd = (try? page.get().isLast) ?? true
          goesOn = Self.put(page, into: state) && !isEnd
        }
      })
  }

  /// Waits for the next page. Not to be called behind the last one, nor after a failure.
  func next() throws(RemoteError) -> ServerPage<Record> {
    _ = state.wait { $0.waiting.isEmpty ? nil : true }
    return try state.update { $0.waiting.removeFirst() }.get()
  }

  /// Nobody wants more. Waits for what is on its way.
  func end() {
    state.update { $0.isOver = true }
    thread.withLock { $0.take() }?.join()
  }

  /// Waits while there are many.
  /// - Returns: false when nobody wants more.
  private static func put(_ page: Result<ServerPage<Record>, RemoteError>, into state: Monitor<State>) -> Bool {
    _ = state.wait { $0.isOver || !$0.isFull ? true : nil }
    return state.update { state in
      if !state.isOver { state.waiting.append(page) }
      return !state.isOver
    }
  }
}

/// One item of a page.
struct ToldItem<Record: Sendable>: Sendable {
  let id: String
  /// So many items of the next section belong to it.
  let announced: Int
  /// nil for what is none: a folder, a video.
  let record: Record?
}

/// A page as it came.
struct ServerPage<Record: Sendable>: Sendable {
  /// The offset that it was asked for with.
  var start: Int
  /// Of its bytes.
  var digest: UInt64
  /// nil: it came as the last time and was not read.
  var items: [ToldItem<Record>]?
  /// Nothing comes behind it.
  var isLast = false
  /// What it is read from later, where it has not been.
  var response: HTTPResponse
}

/// Goes from page to page of one section.
struct PageWalk<Record: Sendable>: Sendable {
  let client: SubsonicClient
  let pageSize: Int
  /// As they last came, by where they start.
  let known: [Int: PageMark]
  let request: @Sendable (Window) -> SubsonicRequest
  let items: @Sendable (Wire.SearchResult3) -> [ToldItem<Record>]
  var offset: Int
  private var previousDigest: UInt64?
  private var previousIDs: [String] = []

  init(
    client: SubsonicClient, from offset: Int, pageSize: Int, known: [Int: PageMark],
    request: @escaping @Sendable (Window) -> SubsonicRequest,
    items: @escaping @Sendable (Wire.SearchResult3) -> [ToldItem<Record>]
  ) {
    self.client = client
    self.offset = offset
    self.pageSize = pageSize
    self.known = known
    self.request = request
    self.items = items
  }

  mutating func next() throws(RemoteError) -> ServerPage<Record> {
    let (offset, known, previous) = (offset, known[offset], previousDigest)
    var digest: UInt64 = 0
    let (response, content) = try client.call(request(Window(count: pageSize, offset: offset))) { response in
      digest = response.body.withUnsafeBytes { xxh3($0) }
      return known?.digest == digest && digest != previous
    }
    var page = ServerPage<Record>(start: offset, digest: digest, response: response)
    previousDigest = digest
    guard let content else {
      previousIDs = []
      self.offset += known?.itemCount ?? 0
      return page
    }
    let items = items(content.searchResult3 ?? Wire.SearchResult3())
    let ids = items.map(\.id)
    // The same page twice: the server looks at no offset, and would answer so for ever.
    page.isLast = items.isEmpty || ids == previousIDs || digest == previous
    page.items = page.isLast ? [] : items
    page.response.body = []
    previousIDs = ids
    self.offset += items.count
    return page
  }

  func read(_ page: ServerPage<Record>) throws(RemoteError) -> [ToldItem<Record>] {
    items(try RemoteError.judge(page.response).searchResult3 ?? Wire.SearchResult3())
  }
}
