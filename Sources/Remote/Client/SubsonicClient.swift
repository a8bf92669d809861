package import HTTP

/// Calls to one server, for one account. Each blocks its thread until the answer is there: for worker threads only.
package final class SubsonicClient: Sendable {
  package let account: RemoteAccount
  let http: HTTPClient

  package init(account: RemoteAccount, http: HTTPClient) {
    self.account = account
    self.http = http
  }
}
