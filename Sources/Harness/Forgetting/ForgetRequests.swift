package import Evaluation
package import Postgres
import Store

/// Deletes what was told of somebody for good: ids, scores and details are gone from every table.
///
/// What the requests added to cells and frozen cohorts stays, as sums. Cohorts that have matured are frozen before. One
/// transaction under the task's gate; the audit log has how many requests there were, and not which.
package struct ForgetRequests: Sendable {
    package let pool: PostgresPool
    package let task: PredictionTask
    package let author: String

    package init(
        pool: PostgresPool,
        task: PredictionTask,
        author: String = Author.commandLine
    ) {
        self.pool = pool
        self.task = task
        self.author = author
    }

    /// Whom or what to forget.
    package struct Subjects: Sendable, Equatable {
        /// As they were sent.
        package var predictionIDs: [String]
        /// Whose requests are forgotten, all of each request.
        package var entities: [String]

        package init(predictionIDs: [String] = [], entities: [String] = []) {
            self.predictionIDs = predictionIDs
            self.entities = entities
        }
    }

    /// Ends the transaction of a dry run.
    private struct DryRun: Error {
        var report: ForgettingReport
    }

    /// Deletes.
    ///
    /// - Parameters:
    ///   - subjects: What nobody has told of is passed over.
    ///   - confirmation: The name of the task; not looked at in a dry run.
    ///   - isDryRun: Whether to say what would be deleted, and to delete nothing.
    /// - Returns: What was deleted.
    /// - Throws: `HarnessError.notConfirmed`; `HarnessError.invalidSetting` without any subject.
    package func run(
        _ subjects: Subjects,
        confirmedBy confirmation: Name,
        isDryRun: Bool = false
    ) async throws -> ForgettingReport {
        let texts = subjects.predictionIDs + subjects.entities
        guard !texts.isEmpty, !texts.contains("") else {
            throw HarnessError.invalidSetting(
                name: "What to forget",
                value: texts.isEmpty ? "nothing" : "an empty text",
                allowed: "at least one prediction id or entity."
            )
        }
        guard isDryRun || confirmation == task.name else {
            throw HarnessError.notConfirmed(task: task.name, given: confirmation)
        }
        if !isDryRun { _ = try await MatureCohorts(pool: pool, task: task).run() }
        do {
            let report = try await pool.withTransaction { connection in
                let (task, instant) = try await Gate(connection).enter(taskNamed: self.task.name)
                let forgetting = try await ForgetKeys(connection, task: task, at: instant)
                var report = try await forgetting.run(subjects)
                report.isDryRun = isDryRun
                if isDryRun { throw DryRun(report: report) }
                try await ChangeStore(connection).record(
                    "requests.forget",
                    "\(report.requests) requests, \(report.predictions) rows of predictions, "
                        + "\(report.labels) labels, \(report.rejects) rejects",
                    of: task,
                    by: author
                )
                return report
            }
            // It is durable: folding can wait for the next upload.
            _ = try? await FoldCells(pool: pool, task: task).runIfWorthwhile()
            return report
        } catch let dryRun as DryRun {
            return dryRun.report
        }
    }
}
