import Foundation
import TestSupport
import Testing

/// What fails in the middle leaves what was there before, or all of what was to come.
///
/// The processes are real, and so are the servers; those that are hurt belong to the test alone.
@Suite(.serialized, .temporaryDatabase, .hangLimit)
struct FaultTests {}

/// How long and how varied the tests are, by the environment.
enum FaultSettings {
    /// `GNOMON_FAULT_POINTS` raises or lowers the number of kills.
    static let points = number("GNOMON_FAULT_POINTS") ?? 50
    /// `GNOMON_RACE_PROCESSES` raises or lowers the number of rounds with two processes each.
    static let rounds = number("GNOMON_RACE_PROCESSES") ?? 20
    /// `GNOMON_FAULT_SEED` repeats the random choices of an earlier run.
    static let seed = number("GNOMON_FAULT_SEED") ?? Int.random(in: 1...999_999)

    private static func number(_ name: String) -> Int? {
        ProcessInfo.processInfo.environment[name].flatMap(Int.init).map { max(1, $0) }
    }
}
