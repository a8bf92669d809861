/// How far one section of a pull has come; kept in the catalogue as text beside the rows it speaks of.
struct SectionProgress: Hashable {
  /// Items received so far, which is also where the next page begins.
  var offset = 0
  var isDone = false
  /// How many items of the next section those of this one told of.
  var announced = 0

  init() {}

  init(text: String?) {
    let fields = (text ?? "").split(separator: " ")
    guard fields.count == 3, let offset = Int(fields[0]), let announced = Int(fields[1]) else { return }
    self.offset = offset
    announce(announced)
    isDone = fields[2] == "done"
  }

  /// An item of this section says so many of the next belong to it. A hint for a bar: what cannot be is cut.
  mutating func announce(_ count: Int) {
    let most = Int(Int32.max)
    announced = min(announced + min(max(0, count), most), most)
  }

  var text: String { "\(offset) \(announced) \(isDone ? "done" : "more")" }
}
