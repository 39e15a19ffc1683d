package import Evaluation
package import Postgres

/// Forgets answers that were kept for requests sent again, and logins that have come to their end.
package struct Forgetting: BackgroundWork {
    package static let name = "forgetting"
    package let interval: Duration
    private let pool: PostgresPool

    package init(pool: PostgresPool, interval: Duration) {
        self.pool = pool
        self.interval = interval
    }

    package func runOnce(now: Instant) async throws -> WorkReport {
        var report = WorkReport()
        report.add(Int64(try await ForgetAnswers(pool: pool).run()), "answers")
        report.add(Int64(try await ForgetSessions(pool: pool).run()), "sessions")
        return report
    }
}
