import Digest
import HTTP
import Library
import OpenSubsonic
import Threading

/// The pages of one section, one ahead: while a page is stored, the next is on its way and is read.
///
/// It asks the server for one page at a time and knows no catalogue. Its thread lives until the last page, the first
/// failure, or `end`.
final class PagesAhead<Item: Sendable>: Sendable {
  private struct State: Sendable {
    var next: Result<ServerPage<Item>, RemoteError>?
    var isOver = false
  }

  private let state: Monitor<State>
  private let thread: Monitor<OSThread?>

  init(_ walk: PageWalk<Item>) {
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
  func next() throws(RemoteError) -> ServerPage<Item> {
    let page = state.wait { $0.next }!
    state.update { $0.next = nil }
    return try page.get()
  }

  /// Nobody wants more. Waits for what is on its way.
  func end() {
    state.update { $0.isOver = true }
    thread.withLock { $0.take() }?.join()
  }

  /// Waits until the last page was taken.
  /// - Returns: false when nobody wants more.
  private static func put(_ page: Result<ServerPage<Item>, RemoteError>, into state: Monitor<State>) -> Bool {
    _ = state.wait { $0.isOver || $0.next == nil ? true : nil }
    return state.update { state in
      if !state.isOver { state.next = page }
      return !state.isOver
    }
  }
}

/// A page as it came.
struct ServerPage<Item: Sendable>: Sendable {
  /// The offset that it was asked for with.
  var start: Int
  /// Of its bytes.
  var digest: UInt64
  /// nil: it came as the last time and was not read.
  var items: [Item]?
  /// Nothing comes behind it.
  var isLast = false
  var response: HTTPResponse
}

/// Goes from page to page of one section.
struct PageWalk<Item: Sendable>: Sendable {
  let client: SubsonicClient
  let pageSize: Int
  /// As they last came, by where they start.
  let known: [Int: PageMark]
  let id: @Sendable (Item) -> String
  let request: @Sendable (Window) -> SubsonicRequest
  let items: @Sendable (Wire.SearchResult3) -> [Item]
  var offset: Int
  private var previousDigest: UInt64?
  private var previousIDs: [String] = []

  init(
    client: SubsonicClient, from offset: Int, pageSize: Int, known: [Int: PageMark],
    id: @escaping @Sendable (Item) -> String, request: @escaping @Sendable (Window) -> SubsonicRequest,
    items: @escaping @Sendable (Wire.SearchResult3) -> [Item]
  ) {
    self.client = client
    self.offset = offset
    self.pageSize = pageSize
    self.known = known
    self.id = id
    self.request = request
    self.items = items
  }

  mutating func next() throws(RemoteError) -> ServerPage<Item> {
    let (offset, known, previous) = (offset, known[offset], previousDigest)
    var digest: UInt64 = 0
    let (response, content) = try client.call(request(Window(count: pageSize, offset: offset))) { response in
      digest = response.body.withUnsafeBytes { xxh3($0) }
      return known?.digest == digest && digest != previous
    }
    var page = ServerPage<Item>(start: offset, digest: digest, response: response)
    previousDigest = digest
    guard let content else {
      previousIDs = []
      self.offset += known?.itemCount ?? 0
      return page
    }
    let items = items(content.searchResult3 ?? Wire.SearchResult3())
    let ids = items.map(id)
    // The same page twice: the server looks at no offset, and would answer so for ever.
    page.isLast = items.isEmpty || ids == previousIDs || digest == previous
    page.items = page.isLast ? [] : items
    previousIDs = ids
    self.offset += items.count
    return page
  }

  func read(_ page: ServerPage<Item>) throws(RemoteError) -> [Item] {
    items(try RemoteError.judge(page.response).searchResult3 ?? Wire.SearchResult3())
  }
}
