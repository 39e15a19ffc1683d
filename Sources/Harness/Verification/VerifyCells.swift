package import Evaluation
package import Postgres
import Store

/// Recomputes every cell from the ledger and compares it, bit for bit, with what is stored (rule T6).
package struct VerifyCells: Sendable {
    package let pool: PostgresPool
    package let task: PredictionTask

    package init(pool: PostgresPool, task: PredictionTask) {
        self.pool = pool
        self.task = task
    }

    /// Repairs the cells where they differ, and compares them once more.
    ///
    /// - Parameter author: Whose repair the audit log says it is.
    /// - Returns: What was compared last.
    /// - Throws: `PostgresError`.
    package func repairing(author: String = Author.commandLine) async throws -> VerificationReport {
        let report = try await run()
        guard !report.isClean else { return report }
        try await RepairCells(pool: pool, task: task, author: author).run()
        var repaired = try await run()
        repaired.isRepaired = true
        return repaired
    }

    package func run() async throws -> VerificationReport {
        let buckets = try task.timeBuckets()
        return try await pool.withTransaction(isolation: .repeatableRead) { connection in
            let dictionary = try await DictionaryStore(connection).load(task)
            let facts = FactStore(connection, task: task)
            try await facts.prepareSession()
            let keepers = try await PairKeeperStore(connection, task: task).all()
            var accumulator = CellAccumulator(
                task: task,
                dictionary: dictionary,
                buckets: buckets,
                pairKeepers: keepers.models
            )
            var report = VerificationReport(task: task.name)
            try await FactScan(facts: facts, task: task, dictionary: dictionary).run { history in
                accumulator.add(history, sign: 1)
                report.predictionIDs += 1
            }
            report.rowsFrom =
                try await ReleaseStore(connection, task: task).released()?.rowsFrom
            let checked = Window.always.after(report.rowsFrom ?? .distantPast)
            func isChecked(_ bucket: Int32) -> Bool {
                checked.contains(buckets.start(ofNumber: bucket))
            }
            let store = CellStore(connection, task: task, buckets: buckets)
            compare(
                try await store.cells(slice: nil, starting: checked, from: .rows),
                accumulator.cells.filter { !$0.value.isZero && isChecked($0.key.bucket) },
                dictionary,
                buckets,
                &report
            )
            comparePairs(
                try await store.pairs(slice: nil, starting: checked, from: .rows),
                accumulator.pairs.filter { !$0.value.isZero && isChecked($0.key.bucket) },
                dictionary,
                buckets,
                &report
            )
            compareContradictions(
                try await store.contradictions(starting: checked, from: .rows),
                accumulator.contradictions.filter { !$0.value.isZero && isChecked($0.key) },
                buckets,
                &report
            )
            return report
        }
    }

    private func compare(
        _ stored: [CellKey: ModelCell],
        _ recomputed: [CellKey: ModelCell],
        _ dictionary: TaskDictionary,
        _ buckets: TimeBuckets,
        _ report: inout VerificationReport
    ) {
        report.cells = recomputed.count
        for key in Set(stored.keys).union(recomputed.keys) where stored[key] != recomputed[key] {
            report.note(
                "\(name(key.version, dictionary)), \(slice(key.slice, dictionary)), "
                    + "bucket \(buckets.start(ofNumber: key.bucket).iso8601): "
                    + difference(stored[key]?.totals, recomputed[key]?.totals)
            )
        }
    }

    private func comparePairs(
        _ stored: [PairCellKey: PairCell],
        _ recomputed: [PairCellKey: PairCell],
        _ dictionary: TaskDictionary,
        _ buckets: TimeBuckets,
        _ report: inout VerificationReport
    ) {
        report.pairs = recomputed.count
        for key in Set(stored.keys).union(recomputed.keys) where stored[key] != recomputed[key] {
            report.note(
                "pair \(name(key.first, dictionary)) and \(name(key.second, dictionary)), "
                    + "\(slice(key.slice, dictionary)), "
                    + "bucket \(buckets.start(ofNumber: key.bucket).iso8601): "
                    + difference(stored[key]?.totals, recomputed[key]?.totals)
            )
        }
    }

    private func compareContradictions(
        _ stored: [Int32: ContradictionCount],
        _ recomputed: [Int32: ContradictionCount],
        _ buckets: TimeBuckets,
        _ report: inout VerificationReport
    ) {
        for bucket in Set(stored.keys).union(recomputed.keys)
        where stored[bucket] != recomputed[bucket] {
            let (one, other) = (
                stored[bucket] ?? ContradictionCount(),
                recomputed[bucket] ?? ContradictionCount()
            )
            report.note(
                "contradictions, bucket \(buckets.start(ofNumber: bucket).iso8601): "
                    + "\(one.scores) requests with several scores and \(one.labels) with several labels are "
                    + "stored; the ledger has \(other.scores) and \(other.labels)."
            )
        }
    }

    private func name(_ version: Int32, _ dictionary: TaskDictionary) -> String {
        guard let known = dictionary.versions[version] else { return "model version \(version)" }
        return known.version.isEmpty ? known.modelName.text : "\(known.modelName) \(known.version)"
    }

    private func slice(_ slice: Int32, _ dictionary: TaskDictionary) -> String {
        dictionary.slices[slice]?.text ?? "all"
    }

    private func difference(_ stored: CellTotals?, _ recomputed: CellTotals?) -> String {
        guard let stored else { return "is missing; the ledger has predictions for it." }
        guard let recomputed else { return "is stored; the ledger has no predictions for it." }
        return stored.difference(from: recomputed) ?? "the histograms differ."
    }
}
