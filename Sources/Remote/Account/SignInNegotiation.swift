package import HTTP

/// Finds out how the server at a typed address lets this user in. Blocks for seconds: for worker threads.
/// - Parameter user: ignored with an API key.
package func signIn(
  to typed: String, user: String, secret: SignInSecret, http: HTTPClient, certificateFile: String? = nil
) throws(SignInFailure) -> SignIn { fatalError("contract") }
