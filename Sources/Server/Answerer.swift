import Library
import Music
import OpenSubsonic
import Threading

/// Turns requests into replies: routes, signs in, answers.
///
/// Lives on the answering thread alone and owns its two connections to SQLite. It never sleeps: what has to wait comes
/// back through `Outcome.later`.
final class Answerer {
  enum Outcome {
    case reply(Reply)
    /// To be asked again (`answerAfterWaiting`) when the time has passed.
    case later(Duration)
  }

  private let catalogue: Catalogue
  private let authenticator: Authenticator
  private let scans: ScanService
  private let root: [UInt8]
  private let identity: String?
  private var throttle = Throttle()

  /// - Parameter lasts: false where nothing is kept beyond this run.
  init(directory: DataDirectory, users: [String: String], root: [UInt8], scans: ScanService, lasts: Bool) throws {
    catalogue = try Catalogue(path: directory.catalogue)
    let store = try UserStore(directory)
    identity = lasts ? try store.identity() : nil
    authenticator = Authenticator(store: store, transient: users)
    self.scans = scans
    self.root = root
  }

  /// The answer, or how long to wait before asking again.
  func answer(_ request: Request) -> Outcome {
    guard ["GET", "HEAD", "POST"].contains(request.method) else { return .reply(Self.wrongMethod) }
    guard let path = Path(request) else { return .reply(Self.outside(request)) }
    return named(path, request) {
      let format = try Format(request)
      guard let endpoint = path.endpoint else { throw Refusal(.generic, "There is no such call here.") }
      if let open = try publicAnswer(to: endpoint) { return .reply(try format.reply(open)) }
      let signIn = try SignIn(request)
      switch throttle.attempt(signIn.throttleKey(address: request.address), now: monotonicNow()) {
      case .now: return .reply(try reply(request, endpoint, signIn, format))
      case .after(let delay): return .later(delay)
      case .refused: throw Refusal(.wrongCredentials, "Too many failed sign-ins. Try again later.")
      }
    }
  }

  /// What is told to everybody, without a user.
  private func publicAnswer(to endpoint: Endpoint) throws -> Wire.Response? {
    switch endpoint {
    case .getOpenSubsonicExtensions: Call.extensions(hasIdentity: identity != nil)
    case .getServerIdentity: try Call.identity(identity)
    default: nil
    }
  }

  /// For a request that has waited.
  func answerAfterWaiting(_ request: Request) -> Reply {
    guard let path = Path(request), let endpoint = path.endpoint else { return Self.outside(request) }
    let outcome = named(path, request) {
      let signIn = try SignIn(request)
      throttle.waited(signIn.throttleKey(address: request.address))
      return .reply(try reply(request, endpoint, signIn, Format(request)))
    }
    guard case .reply(let reply) = outcome else { return .text(500, "Internal error.") }
    return reply
  }

  private func reply(_ request: Request, _ endpoint: Endpoint, _ signIn: SignIn, _ format: Format) throws -> Reply {
    let key = signIn.throttleKey(address: request.address)
    let user: String
    do {
      user = try authenticator.check(signIn)
      throttle.succeeded(key)
    } catch let refusal as Refusal {
      throttle.failed(key, now: monotonicNow())
      throw refusal
    }
    let call = Call(
      request: request, user: user, isAdmin: try authenticator.isAdmin(user), catalogue: catalogue,
      store: authenticator.store, scans: scans, root: root, identity: identity)
    var reply: Reply
    do { reply = try call.reply(to: endpoint, format) } catch { reply = try Self.failure(error, format) }
    reply.user = user
    return reply
  }

  /// Adds what the log says, and makes an envelope of what was thrown.
  private func named(_ path: Path, _ request: Request, _ body: () throws -> Outcome) -> Outcome {
    let outcome: Outcome
    do { outcome = try body() } catch {
      // Even a wrong `f` is answered: in XML, the protocol's own.
      let format = (try? Format(request)) ?? .xml
      outcome = .reply((try? Self.failure(error, format)) ?? .text(500, "Internal error."))
    }
    guard case .reply(var reply) = outcome else { return outcome }
    reply.endpoint = path.name
    reply.subject = request.value("id") ?? request.value("playlistId") ?? ""
    return .reply(reply)
  }
}

extension Answerer {
  /// `/rest/NAME` or `/rest/NAME.view`.
  struct Path {
    let name: String
    var endpoint: Endpoint? { Endpoint(pathComponent: name) }

    init?(_ request: Request) {
      let parts = request.path.split(separator: "/", omittingEmptySubsequences: false)
      guard parts.count == 3, parts[0].isEmpty, parts[1] == "rest", !parts[2].isEmpty else { return nil }
      name = String(parts[2].hasSuffix(".view") ? parts[2].dropLast(5) : parts[2])
    }
  }

  private static var wrongMethod: Reply {
    var reply = Reply.text(405, "Use GET, HEAD or POST.")
    reply.headers.append(("Allow", "GET, HEAD, POST"))
    return reply
  }

  private static func outside(_ request: Request) -> Reply {
    request.path == "/"
      ? .text(200, "dulcet-server \(ServerVersion.number): sign in here with dulcet or another OpenSubsonic player.")
      : .text(404, "There is nothing here.")
  }

  /// What is no refusal is our trouble; its details stay here.
  private static func failure(_ error: any Error, _ format: Format) throws -> Reply {
    let refusal = error as? Refusal ?? Refusal(.generic, "Internal error.")
    return try format.reply(.ours(error: .init(code: refusal.code.rawValue, message: refusal.message)))
  }
}
