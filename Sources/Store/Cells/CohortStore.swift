package import Evaluation
package import Postgres

/// The matured cohort ledger: append-only.
package struct CohortStore: Sendable {
    package let connection: PostgresConnection
    package let task: PredictionTask

    package init(_ connection: PostgresConnection, task: PredictionTask) {
        self.connection = connection
        self.task = task
    }

    /// The time buckets that have been frozen.
    package func frozenBuckets() async throws -> Set<Instant> {
        Set(
            try await connection.query(
                "SELECT bucket_start FROM cohorts WHERE task_id = \(task.id)"
            ).map { try $0.instant(0) }
        )
    }

    /// Freezes cohorts that have not been frozen yet; under the task's gate.
    package func freeze(_ cohorts: [FrozenCohort], at now: Instant) async throws {
        let cohorts = cohorts.sorted { $0.bucketStart < $1.bucketStart }
        try await connection.copyIn(
            "COPY cohorts (task_id, bucket_start, matured_at, frozen_at) FROM STDIN (FORMAT binary)"
        ) { writer in
            for cohort in cohorts {
                try writer.startRow(fields: 4)
                writer.int32(task.id)
                writer.timestamp(microsecondsSince1970: cohort.bucketStart.microseconds)
                writer.timestamp(microsecondsSince1970: cohort.maturedAt.microseconds)
                writer.timestamp(microsecondsSince1970: now.microseconds)
            }
        }
        try await connection.copyIn(
            """
            COPY cohort_cells (task_id, bucket_start, model_version_id, totals, losses)
            FROM STDIN (FORMAT binary)
            """
        ) { writer in
            for cohort in cohorts {
                for (version, cell) in cohort.cells.sorted(by: { $0.key < $1.key }) {
                    try writer.startRow(fields: 5)
                    writer.int32(task.id)
                    writer.timestamp(microsecondsSince1970: cohort.bucketStart.microseconds)
                    writer.int32(version)
                    writer.bytes(CellCoding.encode(totals: cell.totals))
                    writer.bytes(CellCoding.encode(histogram: cell.losses))
                }
            }
        }
        try await connection.copyIn(
            """
            COPY cohort_pair_cells (
                task_id, bucket_start, first_version_id, second_version_id, totals)
            FROM STDIN (FORMAT binary)
            """
        ) { writer in
            for cohort in cohorts {
                for (pair, cell) in cohort.pairs.sorted(by: { $0.key < $1.key }) {
                    try writer.startRow(fields: 5)
                    writer.int32(task.id)
                    writer.timestamp(microsecondsSince1970: cohort.bucketStart.microseconds)
                    writer.int32(pair.first)
                    writer.int32(pair.second)
                    writer.bytes(CellCoding.encode(totals: cell.totals))
                }
            }
        }
    }

    /// Takes frozen cohorts without a single label out of the ledger.
    ///
    /// They have never been evidence, and a backfill may tell what was known of them in time. Under the
    /// task's gate.
    package func thawUnlabelled() async throws {
        let unlabelled = try await cohorts(maturedBy: .distantFuture)
            .filter { cohort in cohort.cells.values.allSatisfy { $0.labelled == 0 } }
            .map(\.bucketStart)
        for table in ["cohort_pair_cells", "cohort_cells", "cohorts"] {
            for start in unlabelled {
                _ = try await connection.execute(
                    """
                    DELETE FROM \(identifier: table)
                    WHERE task_id = \(task.id) AND bucket_start = \(start)
                    """
                )
            }
        }
    }

    /// The frozen cohorts that had matured by an instant, in event order.
    package func cohorts(maturedBy instant: Instant) async throws -> [FrozenCohort] {
        var cohorts: [Instant: FrozenCohort] = [:]
        for row in try await connection.query(
            """
            SELECT bucket_start, matured_at
            FROM cohorts
            WHERE task_id = \(task.id) AND matured_at <= \(instant.clamped)
            """
        ) {
            let start = try row.instant(0)
            cohorts[start] = FrozenCohort(bucketStart: start, maturedAt: try row.instant(1))
        }
        for row in try await connection.query(
            """
            SELECT bucket_start, model_version_id, totals, losses
            FROM cohort_cells
            WHERE task_id = \(task.id)
            """
        ) {
            var cell = CohortCell(kind: task.kind)
            try cell.add(totals: try row.bytes(2), losses: try row.bytes(3))
            cohorts[try row.instant(0)]?.cells[try row.int32(1)] = cell
        }
        let layout = CellLayout(kind: task.kind)
        for row in try await connection.query(
            """
            SELECT bucket_start, first_version_id, second_version_id, totals
            FROM cohort_pair_cells
            WHERE task_id = \(task.id)
            """
        ) {
            var cell = PairCell(layout: layout)
            try cell.add(totals: try row.bytes(3))
            let pair = VersionPair(first: try row.int32(1), second: try row.int32(2))
            cohorts[try row.instant(0)]?.pairs[pair] = cell
        }
        return cohorts.values.sorted { $0.bucketStart < $1.bucketStart }
    }

    // MARK: - Baseline file

    /// Adds the cohorts of a new baseline file to those of the older ones; under the task's gate.
    ///
    /// - Returns: The version of the file, which the task's settings then name.
    package func addBaseline(_ cohorts: [Instant: CohortCell]) async throws -> Int32 {
        let version = try await connection.query(
            "SELECT baseline_version + 1 AS version FROM tasks WHERE task_id = \(task.id)"
        ).single().int32("version")
        for (start, cell) in cohorts.sorted(by: { $0.key < $1.key }) {
            _ = try await connection.execute(
                """
                INSERT INTO baseline_cohorts (
                    task_id, baseline_version, bucket_start, totals, losses)
                VALUES (
                    \(task.id), \(version), \(start), \(CellCoding.encode(totals: cell.totals)),
                    \(CellCoding.encode(histogram: cell.losses)))
                """
            )
        }
        return version
    }

    /// * `version`: `nil` for that of the store's task.
    package func baseline(
        version: Int32? = nil
    ) async throws -> [(start: Instant, cell: CohortCell)] {
        try await connection.query(
            """
            SELECT bucket_start, totals, losses
            FROM baseline_cohorts
            WHERE task_id = \(task.id)
                AND baseline_version = \(version ?? task.baselineVersion)
            ORDER BY bucket_start
            """
        ).map { row in
            var cell = CohortCell(kind: task.kind)
            try cell.add(totals: try row.bytes(1), losses: try row.bytes(2))
            return (start: try row.instant(0), cell: cell)
        }
    }
}
