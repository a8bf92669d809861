/// One rendition that is open or comes next: its machine, and the bytes that are in memory.
///
/// It never leaves the engine's lock.
final class Fill {
  /// Whether the store has been asked what it holds.
  enum Loading { case needed, underway, done }

  let key: RenditionKey
  /// Tells this fill from an earlier or later one of the same key: late callbacks carry it.
  let serial: Int
  var machine: FillMachine
  /// nil until loaded, while another version begins, and where nothing can be stored.
  var row: Row?
  var loading = Loading.needed
  /// Sources open on it.
  var readers = 0
  /// Its place in the prefetch list; nil when it is not there.
  var place: Int?
  /// Being fetched because it is pinned.
  var isDownload = false
  /// Its bytes are not counted against the cap.
  var isPinned = false
  /// Opened by a source, not only fetched ahead; `hasUncountedPlay` when the store has not heard of it.
  var isPlay = false
  var hasUncountedPlay = false
  var expectedSize: Int64?
  /// By chunk: bytes that arrive, or that could not be stored.
  var buffers: [Int: ChunkBuffer] = [:]
  /// Buffers with bytes that the store lacks; and those that a thread is storing now.
  var unsaved: Set<Int> = []
  var saving: Set<Int> = []
  /// So often it is in the backlog.
  var backlogged = 0
  /// How often chunks have gone from memory into the store: what was read before that may lack them.
  var settlings = 0
  /// Whether the row says what the machine knows of the version.
  var isDescribed = true
  var fetches: [FillMachine.RunID: any Fetch] = [:]
  var hasToldCompletion = false
  /// A row of another version that must go before the new one is made.
  var forgetting: Int64?
  /// What was held when the play that goes on was begun: that comes from here, the rest from the server.
  var heldBefore = RangeSet<Int64>()
  /// Not fetched ahead: what is leased fills the cap.
  var isHeldBack = false

  /// Its row in the store, protected by a lease.
  struct Row {
    let id: Int64
    let lease: Lease
  }

  private let spare: SpareMemory

  init(_ key: RenditionKey, serial: Int, limits: FillMachine.Limits, spare: SpareMemory) {
    machine = FillMachine(limits: limits)
    self.key = key
    self.serial = serial
    self.spare = spare
  }

  var isWanted: Bool { readers > 0 || place != nil || isDownload }

  /// The length of a chunk when it is whole, as far as the size is known.
  func wholeLength(of index: Int) -> Int {
    let start = Chunk.range(index).lowerBound
    return Int(min(Int64(Chunk.size), max(0, (machine.version.size ?? .max) - start)))
  }

  func isWhole(_ index: Int) -> Bool { buffers[index].map { $0.knownCount >= wholeLength(of: index) } ?? false }

  /// Takes bytes in that lie within one chunk, for the transfer `run`.
  func put(_ bytes: UnsafeRawBufferPointer, at range: Range<Int64>, run: FillMachine.RunID, now: Duration) {
    let index = Chunk.index(of: range.lowerBound)
    let start = Int(range.lowerBound - Chunk.range(index).lowerBound)
    buffers[index, default: spare.buffer()].put(bytes, at: start)
    unsaved.insert(index)
    machine.arrived(run, range, isNew: true, now: now)
  }

  /// Forgets every byte of the version that was, in memory at once, in the store before the next is stored.
  func discard() {
    forgetting = row?.id ?? forgetting
    row = nil
    loading = .needed
    buffers = [:]
    unsaved = []
    heldBefore = RangeSet()
    isDescribed = false
    hasToldCompletion = false
  }

  /// Takes note of what the machine wants of the store; the engine's thread does it.
  func note(_ actions: [FillMachine.Action]) {
    for action in actions {
      switch action {
      case .describe: isDescribed = false
      case .discard: discard()
      case .start, .cancel: break
      }
    }
  }

  /// A source is opened: a play.
  func open(expectedSize size: Int64?) {
    if readers == 0, isPlay { heldBefore = machine.held }
    readers += 1
    expectedSize = size ?? expectedSize
    isPlay = true
    hasUncountedPlay = loading != .needed
    machine.retry()
  }

  /// A source is closed.
  func lostReader() {
    readers = max(0, readers - 1)
    if readers == 0 { note(machine.closed()) }
  }

  /// Lets go of memory that the reader is done with, when it cannot be stored.
  func trimMemory(keepingBehind length: Int64) {
    guard machine.window != nil else { return }
    let kept = machine.demand - length
    for index in unsaved where Chunk.range(index).upperBound <= kept && !saving.contains(index) {
      buffers[index] = nil
      unsaved.remove(index)
      machine.lost(Chunk.range(index))
    }
  }

  var holding: Holding? {
    guard loading == .done else { return nil }
    if machine.isComplete { return .whole }
    return machine.held.isEmpty ? Holding.none : .partial(min(machine.fraction, 0.999))
  }
}

// MARK: What the store answered.

extension Fill {
  func adopt(_ found: StoredRendition) {
    loading = .done
    forgetting = nil
    let isSame = found.version.size == machine.version.size && found.version.validator == machine.version.validator
    let isFresh = machine.held.isEmpty && machine.active == nil
    guard isFresh || isSame || found.held.isEmpty else {
      // Bytes came while the store could not be asked, and what it holds is not surely of the same version.
      forgetting = found.id
      loading = .needed
      return
    }
    row = Row(id: found.id, lease: found.lease)
    if isFresh {
      machine.version = found.version
      machine.held = found.held
      heldBefore = found.held
      hasToldCompletion = machine.isComplete
    } else {
      machine.held.formUnion(found.held)
    }
    isDescribed = machine.version == found.version
  }

  /// What is stored is not known any more: it is looked up anew. What is in memory stays.
  func reload() {
    row = nil
    loading = .needed
    machine.held = RangeSet()
    for index in buffers.keys {
      holdBuffer(index)
      unsaved.insert(index)
    }
  }

  /// The store has lost a chunk. What of it is in memory stays.
  func forgetStored(_ index: Int) {
    machine.lost(Chunk.range(index))
    holdBuffer(index)
    if buffers[index] != nil { unsaved.insert(index) }
    hasToldCompletion = false
  }

  /// Offsets of a chunk's bytes that are in memory.
  func known(_ index: Int) -> RangeSet<Int64> {
    let start = Chunk.range(index).lowerBound
    var known = RangeSet<Int64>()
    for range in buffers[index]?.known.ranges ?? RangeSet<Int>().ranges {
      known.insert(contentsOf: start + Int64(range.lowerBound)..<start + Int64(range.upperBound))
    }
    return known
  }

  private func holdBuffer(_ index: Int) { machine.held.formUnion(known(index)) }
}
