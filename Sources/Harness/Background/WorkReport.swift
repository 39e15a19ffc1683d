package import Evaluation
import Postgres

/// What a round of background work did.
package struct WorkReport: Sendable {
    package struct Failure: Sendable {
        package var task: Name
        package var error: any Error
    }

    /// How many of what were dealt with; what there is none of is left out.
    package private(set) var counts: [String: Int64] = [:]
    /// A task that cannot be dealt with does not keep the others waiting.
    package private(set) var failures: [Failure] = []

    mutating func add(_ count: Int64, _ name: String) {
        if count != 0 { counts[name, default: 0] += count }
    }

    /// Does something for each of some tasks.
    ///
    /// - Parameters:
    ///   - tasks: In their order.
    ///   - body: Adds what it did.
    /// - Throws: `CancellationError`; `PostgresError` where the database is lost.
    mutating func each(
        _ tasks: [PredictionTask],
        _ body: (PredictionTask, inout WorkReport) async throws -> Void
    ) async throws {
        for task in tasks {
            try Task.checkCancellation()
            do {
                try await body(task, &self)
            } catch let error as PostgresError where error.kind == .connection {
                // It is not the task's fault, and the next one would wait as long.
                throw error
            } catch {
                try Task.checkCancellation()
                failures.append(Failure(task: task.name, error: error))
            }
        }
    }
}
