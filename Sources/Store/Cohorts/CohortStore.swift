package import Evaluation
package import Postgres

/// The ledger of cohorts: what each time bucket was at each age, made when it is first needed.
///
/// An entry is provisional until an answer has used it; then it stays, and rows that come in time for it make a revision.
package struct CohortStore: Sendable {
    package let connection: PostgresConnection
    package let task: PredictionTask

    package init(_ connection: PostgresConnection, task: PredictionTask) {
        self.connection = connection
        self.task = task
    }

    /// The newest revision of each entry, and whether it is made; by the place of its first revision.
    package func newest(
        starting interval: Window = .always
    ) async throws -> [LedgerPlace: (revision: Int32, isMade: Bool)] {
        var newest: [LedgerPlace: (revision: Int32, isMade: Bool)] = [:]
        for row in try await connection.query(
            """
            SELECT DISTINCT ON (bucket_start, age_seconds)
                bucket_start, age_seconds, revision, frozen_at IS NOT NULL
            FROM cohorts
            WHERE task_id = \(task.id)
                AND bucket_start >= \(interval.lowerBound.clamped)
                AND bucket_start < \(interval.upperBound.clamped)
            ORDER BY bucket_start, age_seconds, revision DESC
            """
        ) {
            newest[LedgerPlace(bucketStart: try row.instant(0), age: try row.int64(1))] =
                (try row.int32(2), try row.bool(3))
        }
        return newest
    }

    /// The ages of the task's cohorts, and those of entries that were made while it had another horizon.
    package func ages() async throws -> Set<Int64> {
        let made = try await connection.query(
            "SELECT DISTINCT age_seconds FROM cohorts WHERE task_id = \(task.id)"
        ).map { try $0.int64(0) }
        return Set(task.cohortAges).union(made)
    }

    /// Lets the planner look at a ledger of which it knows less than half.
    ///
    /// A server that runs only while somebody asks never gets round to that by itself, and plans for a task without entries.
    package func refreshStatistics() async throws {
        let entries = try await connection.query(
            "SELECT count(*) FROM cohorts WHERE task_id = \(task.id)"
        ).single().int64(0)
        guard entries >= Self.many, try await entriesExpected() < entries / 2 else { return }
        _ = try await connection.execute("ANALYZE cohorts, cohort_cells, cohort_pair_cells")
    }

    /// How many entries of the task the planner expects: of a table that other tasks have filled, it may be none.
    private func entriesExpected() async throws -> Int64 {
        let plan = try await connection.query(
            "EXPLAIN (FORMAT JSON) SELECT FROM cohorts WHERE task_id = \(task.id)"
        ).single().text(0)
        return plan.firstMatch(of: /"Plan Rows": (\d+)/).flatMap { Int64($0.output.1) } ?? 0
    }

    /// Entries of a ledger that no plan for an empty table is good for.
    private static let many = 500

    /// Makes entries that are not made; under the task's gate.
    ///
    /// `settingsVersion` is that of the settings by which they were built.
    package func freeze(
        _ cohorts: [FrozenCohort],
        settingsVersion: Int32,
        at now: Instant
    ) async throws {
        let cohorts = cohorts.sorted { ($0.bucketStart, $0.age) < ($1.bucketStart, $1.age) }
        _ = try await connection.execute(
            """
            INSERT INTO cohorts (
                task_id, bucket_start, age_seconds, revision, matured_at, has_labels, frozen_at,
                settings_version)
            SELECT \(task.id), made.*, \(now), \(settingsVersion)
            FROM unnest(
                \(timestamps: cohorts.map(\.bucketStart.microseconds)),
                \(cohorts.map(\.age)),
                \(cohorts.map(\.revision)),
                \(timestamps: cohorts.map(\.frozenAsOf.microseconds)),
                \(cohorts.map(\.hasLabels))) AS made
            ON CONFLICT (task_id, bucket_start, age_seconds, revision)
            DO UPDATE SET has_labels = EXCLUDED.has_labels, frozen_at = EXCLUDED.frozen_at,
                settings_version = EXCLUDED.settings_version
            """
        )
        try await connection.copyIn(
            """
            COPY cohort_cells (
                task_id, bucket_start, age_seconds, revision, model_version_id, totals, losses,
                scores, labels, slices, entities)
            FROM STDIN (FORMAT binary)
            """
        ) { writer in
            for cohort in cohorts {
                for (version, cell) in cohort.cells.sorted(by: { $0.key < $1.key }) {
                    try writer.startRow(fields: 11)
                    write(cohort, to: &writer)
                    writer.int32(version)
                    writer.bytes(CellCoding.encode(totals: cell.totals))
                    writer.bytes(CellCoding.encode(histogram: cell.losses))
                    writer.bytes(CellCoding.encode(histogram: cell.scores))
                    writer.bytes(cell.labels.bytes)
                    writer.bytes(cell.sliceBytes)
                    writer.bytes(cell.entities.bytes)
                }
            }
        }
        try await append(pairsOf: cohorts)
    }

    /// Adds pairs to cohorts that are made, or have just been; under the task's gate.
    ///
    /// Of `cohorts` the pairs, and what belongs to them, are written.
    package func append(pairsOf cohorts: [FrozenCohort]) async throws {
        try await connection.copyIn(
            """
            COPY cohort_pair_cells (
                task_id, bucket_start, age_seconds, revision, slice_id, first_version_id,
                second_version_id, totals, evidence, entities)
            FROM STDIN (FORMAT binary)
            """
        ) { writer in
            for cohort in cohorts {
                for (key, cell) in cohort.pairs.sorted(by: { $0.key < $1.key }) {
                    let isAll = key.slice == TaskDictionary.allSlices
                    let evidence = isAll ? cohort.evidence[key.pair] : nil
                    try writer.startRow(fields: 10)
                    write(cohort, to: &writer)
                    writer.int32(key.slice)
                    writer.int32(key.pair.first)
                    writer.int32(key.pair.second)
                    writer.bytes(CellCoding.encode(totals: cell.totals))
                    writer.bytes(evidence.map { CellCoding.encode(totals: $0.totals) } ?? [])
                    writer.bytes(isAll ? cohort.entityGains[key.pair]?.bytes ?? [] : [])
                }
            }
        }
    }

    /// Puts pairs with their sides exchanged in the place of those of cohorts; under the task's gate.
    ///
    /// - Parameters:
    ///   - pairs: As they are stored.
    ///   - cohorts: Which have what takes their place, and no other pairs.
    /// - Throws: `PostgresError`.
    package func replace(
        _ pairs: Set<VersionPair>,
        by cohorts: [FrozenCohort]
    ) async throws {
        try await CellStore.delete(pairs, from: "cohort_pair_cells", of: task, connection)
        try await append(pairsOf: cohorts)
    }

    private func write(_ cohort: FrozenCohort, to writer: inout CopyWriter) {
        writer.int32(task.id)
        writer.timestamp(microsecondsSince1970: cohort.bucketStart.microseconds)
        writer.int64(cohort.age)
        writer.int32(cohort.revision)
    }
}

extension FrozenCohort {
    /// Whether it is evidence for anybody.
    fileprivate var hasLabels: Bool { cells.values.contains { $0.labelled > 0 } }
}
