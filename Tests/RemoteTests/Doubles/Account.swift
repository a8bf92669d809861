import Music
import OpenSubsonic
import Remote

func account(
  at base: String, server: ServerID = ServerID("home"),
  credentials: Credentials = .token(user: "bob", salt: "salty1", token: "t"), serverType: String = ""
) -> RemoteAccount {
  RemoteAccount(
    server: server, address: ServerAddress(base)!, credentials: credentials, serverType: serverType)
}
