@main
struct DulcetServer {
  static func main() {}
}
