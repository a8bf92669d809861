import HTTP
import Remote

extension SignInFailure {
  /// What happened, and what to do. Never quotes what was typed as a password.
  var sentence: String {
    switch self {
    case .badAddress: "That is no address. It looks like https://music.example.org or 192.168.1.5:4533."
    case .unknownHost: "No computer of that name is known. Check the spelling, and whether there is a network."
    case .refused:
      "The computer is there, but nothing answers on that port. Is the server running, and is the port right?"
    case .unreachable: "That computer cannot be reached from here. Check the network, or a VPN that it needs."
    case .timedOut: "The server did not answer in time. Check the address and the network, then try again."
    case .connectionLost: "The connection broke off. Try again."
    case .certificate(let reason):
      "The server's certificate is not trusted (\(reason)). Mend it on the server; dulcet never goes on without."
    case .tls(let reason):
      "No secure connection came about (\(reason)). If the server has no TLS, write http:// before the address."
    case .notSubsonic(let what): what.sentence
    case .wrongPassword: "The server does not know this user with this password. Check both; nothing was stored."
    case .wrongAPIKey: "The server does not know this API key. Make a new one on the server."
    case .needsAPIKey:
      "This server wants an API key: make one in its web page and give it as the password, with no user."
    case .unsupportedVersion(let version):
      "The server speaks version \(version) of the protocol, which dulcet does not. Update the server."
    case .server(let code, let message): "The server refused: \(message.isEmpty ? "error \(code)" : message)."
    case .status(let status): "The server is in trouble (HTTP \(status)). Try again in a while."
    case .tooManyRedirects: "The address leads from one place to the next and nowhere. Check it."
    case .unsafeRedirect:
      "The server sends the secure address to an insecure one. dulcet does not follow; give the right address."
    case .cancelled: "Signing in was broken off."
    case .noCurl: "libcurl is missing. Install the package libcurl4."
    case .other(let reason): "Signing in failed: \(reason)."
    }
  }
}

extension SignInFailure.NotSubsonic {
  var sentence: String {
    switch self {
    case .page: "There is a web page at that address, not a Subsonic server. Perhaps a path is missing, as in /music."
    case .redirect(let target):
      "The address leads to \(target), a page to log in with a browser. Let the server's /rest pass there."
    case .status(404):
      "There is a web server at that address, but no Subsonic server (404). Perhaps a path is missing, as in /music."
    case .status(let status):
      "What answers there is no Subsonic server (HTTP \(status)). Check the address and its path."
    case .other: "What answers there is no Subsonic server. Check the address and the port."
    }
  }
}

extension RemoteError {
  /// A few words that follow "offline:" or "because".
  var reason: String {
    switch self {
    case .transport(let error): error.reason
    case .status(429, _): "the server asks for patience"
    case .status(let status, _): "the server answers with HTTP \(status)"
    case .server(let code, let message):
      message.isEmpty ? "the server says error \(code)" : "the server says: \(message)"
    case .serverBroke(let message): "something broke inside the server: \(message)"
    case .notSubsonic: "something else answers in the server's place"
    case .anotherServer(let address): "another server answers at \(address)"
    }
  }
}

extension HTTPError {
  /// A few words that follow "offline:" or "because".
  var reason: String {
    switch self {
    case .hostNotFound: "the server's name is not known here"
    case .refused: "the server refuses connections"
    case .unreachable: "there is no way to the server"
    case .timedOut: "the server does not answer"
    case .certificate(let reason): "the server's certificate is not trusted (\(reason))"
    case .tls(let reason): "no secure connection (\(reason))"
    case .connectionLost: "the connection broke off"
    case .notHTTP: "what answers does not speak HTTP"
    case .badURL: "the address is none"
    case .tooManyRedirects: "the server sends from one place to the next"
    case .unsafeRedirect: "the server sends to an insecure place"
    case .tooLarge: "the answer is too large"
    case .cancelled: "it was cancelled"
    case .noCurl: "libcurl is missing; install the package libcurl4"
    case .blocked: "dulcet is kept offline"
    case .other(_, let text): text
    }
  }
}
