import Testing

@testable import Remote

@Suite("The worker's agenda")
struct AgendaTests {
  private var agenda = Agenda()

  @Test("with nothing to do it waits for ever")
  func idle() {
    var agenda = agenda
    #expect(agenda.next(at: .seconds(5)) == .wait(until: nil))
  }

  @Test("edits go before a synchronisation, and each step is taken once")
  func order() {
    var agenda = agenda
    agenda.wantSynchronization(isFull: false)
    agenda.wantDrain()
    #expect(agenda.next(at: .zero) == .drain)
    #expect(agenda.next(at: .zero) == .synchronize(isFull: false))
    #expect(agenda.next(at: .zero) == .wait(until: nil))
  }

  @Test("a full synchronisation is not weakened by a light one")
  func fullStays() {
    var agenda = agenda
    agenda.wantSynchronization(isFull: true)
    agenda.wantSynchronization(isFull: false)
    #expect(agenda.next(at: .zero) == .synchronize(isFull: true))
  }

  @Test("a synchronisation that nobody wants any more is to stop; the next one is taken as ever, and edits go on")
  func cancelled() {
    var agenda = agenda
    agenda.wantSynchronization(isFull: true)
    #expect(agenda.next(at: .zero) == .synchronize(isFull: true))
    #expect(!agenda.isToStop)
    agenda.wantSynchronization(isFull: false)
    agenda.wantDrain()
    agenda.cancelSynchronization()
    #expect(agenda.isToStop)
    #expect(agenda.next(at: .zero) == .drain)
    #expect(agenda.next(at: .zero) == .wait(until: nil))
    agenda.wantSynchronization(isFull: false)
    #expect(!agenda.isToStop)
    #expect(agenda.next(at: .zero) == .synchronize(isFull: false))
  }

  @Test("a server that still reads its folders is asked again soon, and mostly left in peace")
  func provisional() {
    var agenda = agenda
    agenda.synchronizedProvisionally(at: .seconds(10), took: .milliseconds(50))
    #expect(agenda.next(at: .seconds(10)) == .wait(until: .seconds(12)))
    #expect(agenda.next(at: .seconds(12)) == .synchronize(isFull: false))
    agenda.synchronizedProvisionally(at: .seconds(20), took: .seconds(3))
    #expect(agenda.next(at: .seconds(20)) == .wait(until: .seconds(50)))
    agenda.wantSynchronization(isFull: true)
    agenda.synchronizedProvisionally(at: .seconds(21), took: .seconds(1))
    #expect(agenda.next(at: .seconds(21)) == .synchronize(isFull: true))
  }

  @Test("offline there is nothing but a probe, ever less often")
  func probing() {
    var agenda = agenda
    agenda.wantDrain()
    agenda.wentOffline(at: .seconds(10), jitter: 1)
    agenda.wentOffline(at: .seconds(11), jitter: 1)
    #expect(agenda.next(at: .seconds(11)) == .wait(until: .seconds(12)))
    #expect(agenda.next(at: .seconds(12)) == .probe)
    agenda.probed(at: .seconds(12), jitter: 1)
    #expect(agenda.next(at: .seconds(12)) == .wait(until: .seconds(16)))
    agenda.cameOnline(at: .seconds(13))
    #expect(agenda.next(at: .seconds(13)) == .drain)
  }

  @Test("a server that comes and goes is asked ever less often, until it has stayed for a minute")
  func flapping() {
    var agenda = agenda
    agenda.wentOffline(at: .seconds(10), jitter: 1)
    #expect(agenda.next(at: .seconds(10)) == .wait(until: .seconds(12)))
    agenda.cameOnline(at: .seconds(12))
    agenda.wentOffline(at: .seconds(13), jitter: 1)
    #expect(agenda.next(at: .seconds(13)) == .wait(until: .seconds(17)))
    agenda.cameOnline(at: .seconds(17))
    agenda.wentOffline(at: .seconds(77), jitter: 1)
    #expect(agenda.next(at: .seconds(77)) == .wait(until: .seconds(79)))
  }

  @Test("somebody who asks while offline gets a probe at once")
  func askingOffline() {
    var agenda = agenda
    agenda.wentOffline(at: .seconds(10), jitter: 1)
    agenda.wantSynchronization(isFull: false)
    #expect(agenda.next(at: .seconds(10)) == .probe)
    agenda.probed(at: .seconds(10), jitter: 1)
    #expect(agenda.next(at: .seconds(10)) == .wait(until: .seconds(14)))
    agenda.cameOnline(at: .seconds(11))
    #expect(agenda.next(at: .seconds(11)) == .synchronize(isFull: false))
  }

  @Test("a postponed edit waits as long as the server asks")
  func postponing() {
    var agenda = agenda
    agenda.wantDrain()
    #expect(agenda.next(at: .zero) == .drain)
    agenda.drainPostponed(at: .zero, retryAfter: .seconds(30), jitter: 1)
    #expect(agenda.next(at: .seconds(1)) == .wait(until: .seconds(30)))
    #expect(agenda.next(at: .seconds(30)) == .drain)
    agenda.drainPostponed(at: .seconds(30), retryAfter: nil, jitter: 1)
    #expect(agenda.next(at: .seconds(31)) == .wait(until: .seconds(32)))
  }

  @Test("what the server asked for holds also when it went and came back meanwhile")
  func retryAfterOutlastsProbe() {
    var agenda = agenda
    agenda.wantDrain()
    #expect(agenda.next(at: .zero) == .drain)
    agenda.wentOffline(at: .zero, jitter: 1)
    agenda.drainPostponed(at: .zero, retryAfter: .seconds(30), jitter: 1)
    #expect(agenda.next(at: .seconds(2)) == .probe)
    agenda.cameOnline(at: .seconds(2))
    agenda.wantDrain()
    #expect(agenda.next(at: .seconds(2)) == .wait(until: .seconds(30)))
    #expect(agenda.next(at: .seconds(30)) == .drain)
  }

  @Test("a synchronisation that failed for the moment is tried again, one that failed for good is not")
  func failing() {
    var agenda = agenda
    agenda.synchronizationFailed(isFull: true, at: .seconds(1), retryAfter: .seconds(60))
    #expect(agenda.next(at: .seconds(2)) == .wait(until: .seconds(61)))
    #expect(agenda.next(at: .seconds(61)) == .synchronize(isFull: true))
    agenda.synchronizationFailed(isFull: true, at: .seconds(61), retryAfter: nil)
    #expect(agenda.next(at: .seconds(100)) == .wait(until: nil))
  }

  @Test("without valid credentials nothing is asked of the server; stopping comes before all")
  func lockedOut() {
    var agenda = agenda
    agenda.wantDrain()
    agenda.lockOut()
    #expect(agenda.next(at: .zero) == .wait(until: nil))
    agenda.stop()
    #expect(agenda.next(at: .zero) == .stop)
  }
}
