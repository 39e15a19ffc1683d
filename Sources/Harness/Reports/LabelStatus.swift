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
            let rank = LabelSourceRank(task: task, dictionary: view.dictionary)
            var report = LabelStatusReport(task: task, asOf: view.present)
            report.rowsFrom = view.released?.rowsFrom
            report.replay = view.replay
            var delays: [Double: [Double]] = [:]
            var curves = DelayCurveBuilder(task: task)
            var days: [Int32: (predictions: Int, labels: Int)] = [:]
            var standing: [Int] = []
            var contradictory = ContradictionCount()
            var waiting: [(key: PredictionKey, part: Int32)] = []
            try await FactScan(facts: facts, task: task, dictionary: view.dictionary).runWithKeys(
                asOf: horizon,
                unpredicted: { waiting.append((key: $0, part: $1)) }
            ) { _, history in
                history.standing(asOf: horizon, into: &standing)
                guard let first = standing.map({ history.predictions[$0].predictedAt }).min() else {
                    return
                }
                report.predictionIDs += 1
                contradictory += ContradictionCount(of: history, asOf: horizon, standing: standing)
                days[view.buckets.localDay(of: first), default: (0, 0)].predictions += 1
                let number = view.buckets.number(of: first)
                let isDue = CohortBuilder.maturity(of: number, task, view.buckets) <= view.present
                guard let label = history.currentLabel(asOf: horizon, rank: rank),
                    let value = label.value
                else {
                    if !history.labels.isEmpty { report.withdrawn += 1 }
                    if isDue { curves.addUnlabelled() }
                    if isDue { report.overdue += 1 } else { report.pending += 1 }
                    return
                }
                report.labelled += 1
                if label.observedAt < first { report.labelBeforePrediction += 1 }
                if history.isLabelRevised { report.corrected += 1 }
                let hours =
                    Double(label.observedAt.microseconds - first.microseconds) / 3_600_000_000
                delays[task.kind == .regression ? 0 : value, default: []].append(hours)
                if isDue { curves.add(hours: hours, label: value) }
                let known = history.labels.map(\.knownAt).min() ?? label.knownAt
                days[view.buckets.localDay(of: known), default: (0, 0)].labels += 1
            }
            report.delays = quantiles(delays, of: task)
            report.curves = curves.curves
            report.days = days.sorted { $0.key < $1.key }.map { day, counts in
                LabelStatusReport.Day(
                    start: Instant(seconds: view.buckets.startOfDay(day)),
                    end: Instant(seconds: view.buckets.startOfDay(day + 1)),
                    predictions: counts.predictions,
                    labels: counts.labels
                )
            }
            (report.orphans, report.orphanIDs) = try await facts.orphans(
                knownBy: horizon,
                besides: waiting,
                limit: Self.namedOrphans
            )
            report.contradictions = try await view.contradictions(
                contradictory,
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

    private func quantiles(
        _ delays: [Double: [Double]],
        of task: PredictionTask
    ) -> [LabelStatusReport.Delay] {
        var named: [(Name, [Double])] = [("all", delays.values.flatMap { $0 })]
        if task.kind != .regression {
            for (value, hours) in delays.sorted(by: { $0.key < $1.key })
            where task.classes.indices.contains(Int(value)) {
                named.append((task.classes[Int(value)], hours))
            }
        }
        return named.filter { !$0.1.isEmpty }.map { name, hours in
            let sorted = hours.sorted()
            func quantile(_ level: Double) -> Double {
                let position = level * Double(sorted.count - 1)
                let below = Int(position)
                let above = min(below + 1, sorted.count - 1)
                return sorted[below] + (position - Double(below)) * (sorted[above] - sorted[below])
            }
            return LabelStatusReport.Delay(
                name: name,
                n: sorted.count,
                p05: quantile(0.05),
                p50: quantile(0.5),
                p95: quantile(0.95),
                p99: quantile(0.99)
            )
        }
    }
}
