import SQLite

extension Catalogue {
  /// Has the system read the next piece of the file into its memory, the work of a moment: what is opened for the first
  /// time then does not wait for the disk.
  ///
  /// - Returns: the place behind it; nil where the file ends.
  package func readAhead(from place: Int) -> Int? {
    database.readAhead(from: place, count: Self.pieceOfFile) ? place + Self.pieceOfFile : nil
  }

  /// As much as Linux reads ahead by itself.
  private static let pieceOfFile = 131_072
}
