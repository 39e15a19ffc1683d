import Evaluation
import Postgres
import Store

extension TaskView {
    /// How many requests were known at the instant, and are held as rows no more; of time buckets that begin in an
    /// interval.
    ///
    /// `includingOrphans` says whether those without a prediction count as well.
    func forgotten(
        in interval: Window,
        includingOrphans: Bool = false,
        _ connection: PostgresConnection
    ) async throws -> Int64 {
        try await ForgottenStore(connection, task: task)
            .requests(starting: interval, includingOrphans: includingOrphans)
            .filter { $0.knownFrom <= present }.total
    }
}
