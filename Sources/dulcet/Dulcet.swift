import App
import Glibc

@main
struct Dulcet {
  static func main() { exit(runDulcet(Array(CommandLine.arguments.dropFirst()))) }
}
