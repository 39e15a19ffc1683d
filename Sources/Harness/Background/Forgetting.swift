package import Evaluation
package import Postgres

/// Forgets answers that were kept for requests sent again, and logins that have come to their end.
package struct Forgetting: BackgroundWork {
    package static let name = "forgetting"
    package let interval: Duration
    private let pool: PostgresPool

    /// Nobody waits for it: it rests ten times as long as what is urgent.
    package init(pool: PostgresPool, pace: Duration) {
        self.pool = pool
        interval = pace * 10
    }

    package func runOnce(now: Instant) async throws -> WorkReport {
        var report = WorkReport()
        report.add(Int64(try await ForgetAnswers(pool: pool).run()), "answers")
        report.add(Int64(try await ForgetSessions(pool: pool).run()), "sessions")
        return report
    }
}
