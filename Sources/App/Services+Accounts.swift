import Core
import HTTP
import Music
import OpenSubsonic
import Remote
import Threading

extension Services {
  var accountsMessage: Message { .accountsChanged(accounts.summaries, current: accounts.currentID) }

  /// Tells the state which accounts there are, and shows the current one's music.
  func announceAccounts() {
    library.setScope(accounts.scope)
    inbox.post(accountsMessage)
  }

  /// Puts the current account to work.
  func connect() {
    retireRemote()
    guard !isKeptOffline else { return cache.setOnline(false) }
    guard let account = accounts.accounts.current else {
      cache.setOnline(true)
      inbox.post(.connectivity(.online))
      return
    }
    let news = RemoteNews(server: account.id, inbox: inbox, cache: cache)
    let service = RemoteService(
      account: account.remote, cataloguePath: paths.catalogueFile, http: http, onEvent: { news.tell($0) })
    clients.set(service.client, for: account.id)
    remote = service
    remoteNews = news
    service.start()
  }

  /// Nothing gets past the client of HTTP while it is blocked, whoever asks; the rest of this spares the trying.
  func keepOffline(_ on: Bool) {
    isKeptOffline = on
    http.setBlocked(on)
    if on { cache.setOnline(false) }
    if hasStarted { connect() }
  }

  func signIn(_ form: SignInForm) {
    errands.async { [http, inbox, accounts = accounts.accounts, cataloguePath = paths.catalogueFile] in
      // Without a user the password is taken for an API key: that is how servers with keys are signed in to.
      let secret: SignInSecret = form.user.isEmpty ? .apiKey(form.password) : .password(form.password)
      do throws(SignInFailure) {
        let result = try Remote.signIn(to: form.address, user: form.user, secret: secret, http: http)
        let fresh = Account(id: newServerID(), user: form.user, signIn: result)
        let known = account(at: fresh, among: accounts, cataloguePath: cataloguePath, http: http)
        inbox.post { $0.signedIn(fresh, joining: known?.id) }
      } catch {
        inbox.post(.signInFailed(error.sentence))
      }
    }
  }

  func switchAccount(_ id: AccountID) {
    let isLocal = id == AccountBook.localID
    guard isLocal || accounts.accounts.all.contains(where: { $0.id.rawValue == id.rawValue }) else { return }
    changeAccounts { $0.currentID = isLocal ? nil : ServerID(id.rawValue) }
  }

  /// Signs out: the account, its part of the library and what was not sent to it are forgotten. Bytes in the cache go as
  /// room is needed.
  func removeAccount(_ id: AccountID) {
    let isLocal = id == AccountBook.localID
    let server = ServerID(id.rawValue)
    guard isLocal ? accounts.accounts.folder != nil : accounts.accounts.all.contains(where: { $0.id == server })
    else { return }
    if accounts.currentID == id { retireRemote() }
    changeAccounts { accounts in
      if isLocal { accounts.folder = nil } else { accounts.remove(server) }
    }
    library.removeAll(of: isLocal ? .local : .remote(server))
    inbox.post(.catalogueChanged)
  }

  /// - Parameter known: the account of the same server at another address.
  private func signedIn(_ account: Account, joining known: ServerID?) {
    let isAgain = accounts.accounts.all.contains { $0.user == account.user && $0.addresses.contains(account.address) }
    changeAccounts { accounts in
      if let known { accounts.join(account, to: known) } else { accounts.add(account) }
    }
    guard let known else {
      if isAgain { inbox.post(.notice(Notice(.information, "Signed in again as \(account.title)."))) }
      return
    }
    let addresses = accounts.accounts.addressWords(of: known)
    inbox.post(
      .notice(Notice(.information, "It is the same server as before: one account, reached at \(addresses).")))
  }

  /// Changes what is kept; what cannot be written holds for this run.
  func changeAccounts(_ body: (inout Accounts) -> Void) {
    do { try accounts.change(body) } catch { inbox.post(.notice(Notice(.error, error.sentence))) }
    announceAccounts()
    connect()
  }

  /// What a server is known by goes to the account's file, for the next start.
  func remember(_ identity: String, of server: ServerID) {
    do { try accounts.change { $0.identify(server, as: identity) } } catch {
      inbox.post(.notice(Notice(.error, error.sentence)))
    }
  }

  func synchronize() {
    if let remote { return remote.synchronizeNow() }
    if let folder = accounts.accounts.folder { scan(folder, isNew: false) }
  }

  /// What is not there any more goes, however much it is.
  func forgetMissing() {
    if let remote { return remote.synchronizeNow(isFull: true, allowsLoss: true) }
    if accounts.accounts.current == nil, let folder = accounts.accounts.folder {
      scan(folder, isNew: false, forgetsMissing: true)
    }
  }

  /// Stopping waits for the worker, so it happens aside.
  private func retireRemote() {
    guard let old = remote else { return }
    remoteNews?.retire()
    remote = nil
    OSThread("retiring") { old.stop() }.detach()
  }
}
