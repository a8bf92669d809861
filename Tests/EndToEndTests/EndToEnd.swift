import Fixtures
import Testing

/// The built programs, driven as a listener would: keys in, screen out, sound to a card that keeps it.
///
/// One after the other: each opens a terminal and a player, and a machine with two cores has other tests to run.
@Suite(.serialized, .timeLimit(.minutes(40)))
struct EndToEnd {}
