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
    self.announced = announced
    isDone = fields[2] == "done"
  }

  var text: String { "\(offset) \(announced) \(isDone ? "done" : "more")" }
}
