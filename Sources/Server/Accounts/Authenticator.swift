import OpenSubsonic

/// Why a request is not answered with a result.
struct Refusal: Error, Hashable {
  var code: ErrorCode
  var message: String

  init(_ code: ErrorCode, _ message: String) {
    self.code = code
    self.message = message
  }

  static func missing(_ parameter: String) -> Refusal {
    Refusal(.missingParameter, "Required parameter \(parameter) is missing.")
  }

  static func notFound(_ what: String) -> Refusal { Refusal(.notFound, "\(what) not found.") }
}

/// Who signs in with which request: the three mechanisms of the protocol.
struct SignIn: Hashable {
  enum Proof: Hashable {
    case password(String)
    case token(String, salt: String)
  }

  enum Claim: Hashable {
    case user(String, Proof)
    case apiKey(String)
  }

  let claim: Claim

  /// What the request claims. Throws what is wrong with it before any secret is looked at.
  init(_ request: Request) throws(Refusal) {
    let value = { (name: String) in request.value(name).flatMap { $0.isEmpty ? nil : $0 } }
    if let key = value("apiKey") {
      guard ["u", "p", "t", "s"].allSatisfy({ request.value($0) == nil }) else {
        throw Refusal(.conflictingMechanisms, "An API key is sent alone, without u, p, t or s.")
      }
      claim = .apiKey(key)
      return
    }
    guard let user = value("u") else { throw .missing("u") }
    if let token = value("t") {
      guard request.value("p") == nil else {
        throw Refusal(.conflictingMechanisms, "Send either a password or a token, not both.")
      }
      guard let salt = value("s") else { throw .missing("s") }
      claim = .user(user, .token(token.lowercased(), salt: salt))
    } else {
      guard let password = request.value("p") else { throw .missing("t") }
      guard let plain = Credentials.password(fromParameter: password) else {
        throw Refusal(.wrongCredentials, "Wrong username or password.")
      }
      claim = .user(user, .password(plain))
    }
  }

  /// Whom a failure counts against.
  func throttleKey(address: String) -> String {
    switch claim {
    case .user(let name, _): address + "\n" + name
    case .apiKey: address
    }
  }
}

/// Checks sign-ins against the stored users and those given for this run only. On the store's thread.
struct Authenticator {
  let store: UserStore
  /// Name → password of users that are nowhere stored; all of them administrators.
  let transient: [String: String]

  /// The user's name. Throws `Refusal`, or what the store throws.
  func check(_ signIn: SignIn) throws -> String {
    switch signIn.claim {
    case .apiKey(let key):
      guard let user = try store.user(ofAPIKey: key) else { throw Refusal(.invalidAPIKey, "Invalid API key.") }
      return user
    case .user(let name, let proof):
      // For nobody the same is done with a password that nobody has: time does not tell who exists.
      let known = try transient[name].map { Array($0.utf8) } ?? store.password(of: name)
      let password = known ?? Sodium.random(16)
      guard Self.isRight(proof, password), known != nil else {
        throw Refusal(.wrongCredentials, "Wrong username or password.")
      }
      return name
    }
  }

  func isAdmin(_ name: String) throws -> Bool {
    try transient[name] != nil || store.isAdmin(name)
  }

  private static func isRight(_ proof: SignIn.Proof, _ password: [UInt8]) -> Bool {
    switch proof {
    case .password(let given): return Sodium.areEqual(Array(given.utf8), password)
    case .token(let token, let salt):
      let expected = Credentials.token(password: String(decoding: password, as: UTF8.self), salt: salt)
      return Sodium.areEqual(Array(token.utf8), Array(expected.utf8))
    }
  }
}
