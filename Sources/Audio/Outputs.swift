/// How the player comes to its outputs. Both closures are called on the output thread.
package struct Outputs: Sendable {
  /// Opens a device by name for a format; nil: the one that was chosen before the player was made.
  package var open: @Sendable (String?, AudioFormat) throws -> any Output
  /// Begins to watch for devices that come back; nil where nothing can be watched.
  package var watch: @Sendable () -> (any OutputWatch)?

  package init(
    open: @escaping @Sendable (String?, AudioFormat) throws -> any Output,
    watch: @escaping @Sendable () -> (any OutputWatch)? = { nil }
  ) {
    self.open = open
    self.watch = watch
  }
}

/// Looks out for sound devices that come, or that another program lets go. Used on the output thread; `deinit` ends it.
package protocol OutputWatch: AnyObject {
  /// For poll(2): readable when something happened.
  var descriptor: Int32 { get }
  /// Takes what happened since the last call: whether a device may be there that was not.
  func take() -> Bool
}
