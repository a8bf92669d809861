@main
struct Dulcet {
  static func main() {}
}
