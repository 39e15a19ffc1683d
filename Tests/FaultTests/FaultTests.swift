import Foundation
import TestSupport
import Testing

/// What fails in the middle leaves what was there before, or all of what was to come.
///
/// The processes are real, and so are the servers; those that are hurt belong to the test alone.
@Suite(.serialized, .temporaryDatabase, .timeLimit(.minutes(FaultSettings.minutes)))
struct FaultTests {}

/// How long and how varied the tests are, by the environment.
enum FaultSettings {
    /// `GNOMON_FAULT_POINTS` raises or lowers the number of kills.
    static let points = number("GNOMON_FAULT_POINTS") ?? 50
    /// `GNOMON_RACE_PROCESSES` raises or lowers the number of rounds with two processes each.
    static let rounds = number("GNOMON_RACE_PROCESSES") ?? 20
    /// `GNOMON_FAULT_SEED` repeats the random choices of an earlier run.
    static let seed = number("GNOMON_FAULT_SEED") ?? Int.random(in: 1...999_999)

    /// Several times what the runs take on two cores.
    static let minutes = 5 + max(points, rounds) / 5

    private static func number(_ name: String) -> Int? {
        ProcessInfo.processInfo.environment[name].flatMap(Int.init).map { max(1, $0) }
    }
}

/// Waits, without a pause of its own, until something that can be seen from outside is so.
///
/// - Parameters:
///   - event: What is waited for, for the error's text.
///   - limit: How long at most.
///   - condition: Asks the database or a process.
/// - Throws: Where it does not come true in time, or the condition cannot be asked for.
func waitUntil(
    _ event: String,
    limit: Duration = .seconds(30),
    _ condition: () async throws -> Bool
) async throws {
    let deadline = ContinuousClock.now + limit
    while try await !condition() {
        guard ContinuousClock.now < deadline else { throw NeverHappened(event: event) }
        await Task.yield()
    }
}

struct NeverHappened: Error, CustomStringConvertible {
    var event: String

    var description: String { "It never happened that \(event)." }
}
