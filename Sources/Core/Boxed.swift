/// A part of a large value that lies beside it: the whole is copied and handed on with a reference in place of the part.
///
/// It stays a value: a part that a copy shares is copied before it is changed.
@propertyWrapper
package struct Boxed<Value: Sendable>: Sendable {
  /// Owns the memory of the part. A variable of its own would be watched for overlapping accesses at each use, which the
  /// compiler does for the value that holds the box.
  // Sendable: only changed through a reference that nobody shares.
  private final class Storage: @unchecked Sendable {
    let part: UnsafeMutablePointer<Value>

    init(_ value: Value) {
      part = .allocate(capacity: 1)
      part.initialize(to: value)
    }

    deinit {
      part.deinitialize(count: 1)
      part.deallocate()
    }
  }

  private var storage: Storage

  package init(wrappedValue: Value) { storage = Storage(wrappedValue) }

  package var wrappedValue: Value {
    _read { yield storage.part.pointee }
    _modify {
      if !isKnownUniquelyReferenced(&storage) { storage = Storage(storage.part.pointee) }
      yield &storage.part.pointee
    }
  }
}
