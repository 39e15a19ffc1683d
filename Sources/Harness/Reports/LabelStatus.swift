package import Evaluation
import Ingest
package import Postgres
import Store

/// Counts labels, what they miss, and how long they take.
package struct LabelStatus: Sendable {
    private let question: Question

    package init(pool: PostgresPool, task: PredictionTask, asOf: Instant? = nil) {
        question = Question(pool: pool, task: task, asOf: asOf)
    }

    /// Orphans that are named.
    private static let namedOrphans = 100

    package func run() async throws -> LabelStatusReport {
        try await question.answer { connection, view in
            try view.requireRowsThen()
            let task = view.task
            let facts = try await view.facts(connection)
            let horizon = view.asOf ?? .distantFuture
            var builder = LabelStatusBuilder(
                task: task,
                dictionary: view.dictionary,
                buckets: view.buckets,
                asOf: view.asOf,
                present: view.present
            )
            var waiting: [(key: PredictionKey, part: Int32)] = []
            try await FactScan(facts: facts, task: task, dictionary: view.dictionary).runWithKeys(
                asOf: horizon,
                unpredicted: { waiting.append((key: $0, part: $1)) }
            ) { _, history in builder.add(history) }
            var report = builder.report
            report.rowsFrom = view.released?.rowsFrom
            report.replay = view.replay
            (report.orphans, report.orphanIDs) = try await facts.orphans(
                knownBy: horizon,
                besides: waiting,
                limit: Self.namedOrphans
            )
            report.contradictions = try await view.contradictions(
                builder.contradictory,
                in: Window.always.after(report.rowsFrom ?? .distantPast),
                connection
            )
            report.forgotten = try await view.forgotten(
                in: Window.always.after(report.rowsFrom ?? .distantPast),
                includingOrphans: true,
                connection
            )
            let ledger = UploadLedger(connection)
            report.predictionUploads = try await ledger.totals(
                task,
                kind: .predictions,
                asOf: view.asOf
            )
            report.labelUploads = try await ledger.totals(
                task,
                kind: .labels,
                asOf: view.asOf
            )
            return report
        }
    }
}
