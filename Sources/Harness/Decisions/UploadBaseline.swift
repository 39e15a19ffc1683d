package import Evaluation
package import Ingest
package import Postgres
import Store

/// Takes in labelled predictions as the baseline that the champion's later risk is held against.
///
/// The file has the columns of a predictions file and of a labels file, one row a labelled prediction;
/// `observed_at` may be left out, and other columns are passed over. A new file holds from now on; decisions as
/// of an earlier instant go by the old one.
package struct UploadBaseline: Sendable {
    package let pool: PostgresPool
    package let task: PredictionTask
    package let sources: [InputSource]
    package let mapping: ColumnMapping

    package init(
        pool: PostgresPool,
        task: PredictionTask,
        sources: [InputSource],
        mapping: ColumnMapping
    ) {
        self.pool = pool
        self.task = task
        self.sources = sources
        self.mapping = mapping
    }

    private static let labelColumns: Set<Name> = ["observed_at", "label", "source"]
    private static let sharedColumns: Set<Name> = ["prediction_id"]

    /// - Returns: The number of cohorts and of rows.
    /// - Throws: `HarnessError.baselineRejected` where a row cannot be used; nothing is kept then.
    package func run() async throws -> (cohorts: Int, rows: Int) {
        let buckets = try task.timeBuckets()
        let labels = try readLabels()
        var cohorts: [Int32: CohortCell] = [:]
        /// Cohorts in which a row names its entity.
        var named: Set<Int32> = []
        var rows = 0
        var options = IngestOptions()
        options.mapping = predictionMapping
        let grid = LossGrid(kind: task.kind)
        var reader = try PredictionReader(task: task, options: options, sources: sources)
        while let batch = try reader.nextBatch(maximumRows: UploadLabels.chunkRows) {
            try refuse(batch.rejects)
            for row in batch.rows {
                guard let label = labels[row.key] else { continue }
                let score = batch.scores[Int(row.scoreStart)]
                let number = buckets.number(of: row.predictedAt)
                var cell = cohorts.removeValue(forKey: number) ?? CohortCell(kind: task.kind)
                let loss = task.cohortLoss(score, label: label)
                cell.add(loss: loss, grid: grid)
                let entity = EntityGroup.name(in: batch.details[Int(row.details)])
                if entity != nil { named.insert(number) }
                let request = row.key.high ^ row.key.low
                cell.add(
                    loss: loss,
                    entityGroup: EntityGroup.of(name: entity?[...], request: request)
                )
                if task.kind.has(.calibration) {
                    cell.add(score: score, isPositive: Int(label) == task.positiveClass)
                }
                if !task.kind.has(.classes) { cell.labels.add(label: label, loss: loss) }
                cohorts[number] = cell
                rows += 1
            }
        }
        var byStart: [Instant: CohortCell] = [:]
        for (number, cell) in cohorts {
            var cell = cell
            cell.labels.compact()
            if !named.contains(number) { cell.entities = .losses }
            byStart[buckets.start(ofNumber: number)] = cell
        }
        try await pool.withTransaction { connection in
            let now = try await Gate(connection).enter(task)
            let store = TaskStore(connection)
            var changed = try await store.task(named: task.name)
            changed.baseline = .file
            changed.baselineVersion =
                try await CohortStore(connection, task: task).addBaseline(byStart)
            try await store.update(changed, at: now)
        }
        return (byStart.count, rows)
    }

    private func readLabels() throws -> [PredictionKey: Double] {
        var options = IngestOptions()
        options.mapping = labelMapping
        var labels: [PredictionKey: Double] = [:]
        var reader = try LabelReader(task: task, options: options, sources: sources)
        while let batch = try reader.nextBatch(maximumRows: UploadLabels.chunkRows) {
            try refuse(batch.rejects)
            for row in batch.rows where !row.isWithdrawn { labels[row.key] = row.value }
        }
        return labels
    }

    private func refuse(_ rejects: [Reject]) throws {
        guard let first = rejects.first else { return }
        throw HarnessError.baselineRejected(
            rows: rejects.count,
            first: "line \(first.line), \(first.field) \"\(first.value)\": \(first.reason)"
        )
    }

    private var predictionMapping: ColumnMapping {
        var mapping = mapping
        mapping.columns = mapping.columns.filter { !Self.labelColumns.contains($0.key) }
        if mapping.columns["model"] == nil, mapping.constants["model"] == nil {
            mapping.constants["model"] = "baseline"
        }
        mapping.ignored.formUnion(["*", "known_at"])
        return mapping
    }

    private var labelMapping: ColumnMapping {
        var mapping = mapping
        mapping.constants = [:]
        mapping.columns = mapping.columns.filter {
            Self.labelColumns.contains($0.key) || Self.sharedColumns.contains($0.key)
        }
        if mapping.columns["observed_at"] == nil {
            mapping.columns["observed_at"] =
                self.mapping.columns["predicted_at"] ?? "predicted_at"
        }
        mapping.ignored.formUnion(["*", "known_at"])
        return mapping
    }
}
