import App
import Glibc

@main
struct Dulcet {
  /// Everything that is kept is closed by now. What libraries would tidy up at exit may still be in use on a thread that
  /// waits for a silent name server, so they are not asked to.
  static func main() {
    let code = runDulcet(Array(CommandLine.arguments.dropFirst()))
    fflush(nil)
    _exit(code)
  }
}
