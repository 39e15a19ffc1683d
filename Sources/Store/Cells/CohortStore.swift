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

    /// What has been frozen: the start of a time bucket, and the age.
    package func frozen(
        starting interval: Window = .always
    ) async throws -> Set<FrozenAt> {
        Set(
            try await connection.query(
                """
                SELECT bucket_start, age_seconds
                FROM cohorts
                WHERE task_id = \(task.id)
                    AND bucket_start >= \(interval.lowerBound.clamped)
                    AND bucket_start < \(interval.upperBound.clamped)
                """
            ).map { FrozenAt(bucketStart: try $0.instant(0), age: try $0.int64(1)) }
        )
    }

    /// Freezes cohorts that have not been frozen yet; under the task's gate.
    ///
    /// `settingsVersion` is that of the settings by which they were built.
    package func freeze(
        _ cohorts: [FrozenCohort],
        settingsVersion: Int32,
        at now: Instant
    ) async throws {
        let cohorts = cohorts.sorted { ($0.bucketStart, $0.age) < ($1.bucketStart, $1.age) }
        try await connection.copyIn(
            """
            COPY cohorts (
                task_id, bucket_start, age_seconds, matured_at, frozen_at, settings_version,
                is_fixed)
            FROM STDIN (FORMAT binary)
            """
        ) { writer in
            for cohort in cohorts {
                try writer.startRow(fields: 7)
                write(cohort, to: &writer)
                writer.timestamp(microsecondsSince1970: cohort.frozenAsOf.microseconds)
                writer.timestamp(microsecondsSince1970: now.microseconds)
                writer.int32(settingsVersion)
                writer.bool(cohort.cells.values.contains { $0.labelled > 0 })
            }
        }
        try await connection.copyIn(
            """
            COPY cohort_cells (
                task_id, bucket_start, age_seconds, model_version_id, totals, losses, scores,
                entities)
            FROM STDIN (FORMAT binary)
            """
        ) { writer in
            for cohort in cohorts {
                for (version, cell) in cohort.cells.sorted(by: { $0.key < $1.key }) {
                    try writer.startRow(fields: 8)
                    write(cohort, to: &writer)
                    writer.int32(version)
                    writer.bytes(CellCoding.encode(totals: cell.totals))
                    writer.bytes(CellCoding.encode(histogram: cell.losses))
                    writer.bytes(CellCoding.encode(histogram: cell.scores))
                    writer.bytes(cell.entities.bytes)
                }
            }
        }
        try await append(pairsOf: cohorts)
    }

    /// Adds pairs to cohorts that are frozen, or have just been; under the task's gate.
    ///
    /// Of `cohorts` the pairs, and what belongs to them, are written.
    package func append(pairsOf cohorts: [FrozenCohort]) async throws {
        try await connection.copyIn(
            """
            COPY cohort_pair_cells (
                task_id, bucket_start, age_seconds, slice_id, first_version_id, second_version_id,
                totals, evidence, entities)
            FROM STDIN (FORMAT binary)
            """
        ) { writer in
            for cohort in cohorts {
                for (key, cell) in cohort.pairs.sorted(by: { $0.key < $1.key }) {
                    let isAll = key.slice == TaskDictionary.allSlices
                    let evidence = isAll ? cohort.evidence[key.pair] : nil
                    try writer.startRow(fields: 9)
                    write(cohort, to: &writer)
                    writer.int32(key.slice)
                    writer.int32(key.pair.first)
                    writer.int32(key.pair.second)
                    writer.bytes(CellCoding.encode(totals: cell.totals))
                    writer.bytes(evidence.map { CellCoding.encode(totals: $0.totals) } ?? [])
                    writer.bytes(cohort.entityGains[key]?.bytes ?? [])
                }
            }
        }
    }

    /// Puts pairs with their sides exchanged in the place of those of frozen cohorts; under the task's gate.
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
    }

    // MARK: - Reading

    /// What has been frozen by which version of the settings; cohorts that begin before `rowsFrom` are left out.
    package func frozenBySettings(
        from rowsFrom: Instant
    ) async throws -> [Int32: Set<FrozenAt>] {
        var frozen: [Int32: Set<FrozenAt>] = [:]
        for row in try await connection.query(
            """
            SELECT bucket_start, age_seconds, settings_version
            FROM cohorts
            WHERE task_id = \(task.id) AND bucket_start >= \(rowsFrom.clamped)
            """
        ) {
            frozen[try row.int32(2), default: []].insert(try Self.key(row))
        }
        return frozen
    }

    /// The frozen cohorts that had reached their age by an instant, in event order, the youngest first.
    ///
    /// Those that hold no prediction are left out: they are in the ledger where one had been known and gave way to an
    /// earlier one, which depends on when somebody looked, and are no evidence.
    ///
    /// `versions` are those whose pairs with any other version are read too; none where empty.
    package func cohorts(
        frozenBy instant: Instant = .distantFuture,
        withPairsOf versions: Set<Int32> = []
    ) async throws -> [FrozenCohort] {
        var cohorts: [FrozenAt: FrozenCohort] = [:]
        for row in try await connection.query(
            """
            SELECT bucket_start, age_seconds, matured_at
            FROM cohorts
            WHERE task_id = \(task.id) AND matured_at <= \(instant.clamped)
            """
        ) {
            let key = try Self.key(row)
            cohorts[key] = FrozenCohort(
                bucketStart: key.bucketStart,
                age: key.age,
                frozenAsOf: try row.instant(2)
            )
        }
        for row in try await connection.query(
            """
            SELECT bucket_start, age_seconds, model_version_id, totals, losses, scores, entities
            FROM cohort_cells
            WHERE task_id = \(task.id)
            """
        ) {
            var cell = CohortCell(kind: task.kind)
            try cell.add(
                totals: try row.bytes(3),
                losses: try row.bytes(4),
                scores: try row.bytes(5),
                entities: try row.bytes(6)
            )
            cohorts[try Self.key(row)]?.cells[try row.int32(2)] = cell
        }
        if !versions.isEmpty { try await readPairs(of: versions, into: &cohorts) }
        return cohorts.values.filter { !$0.cells.isEmpty }
            .sorted { ($0.bucketStart, $0.age) < ($1.bucketStart, $1.age) }
    }

    private func readPairs(
        of versions: Set<Int32>,
        into cohorts: inout [FrozenAt: FrozenCohort]
    ) async throws {
        let layout = CellLayout(kind: task.kind)
        for row in try await connection.query(
            """
            SELECT bucket_start, age_seconds, slice_id, first_version_id, second_version_id, totals,
                evidence, entities
            FROM cohort_pair_cells
            WHERE task_id = \(task.id) \(CellStore.pairCondition(versions))
            """
        ) {
            let key = try Self.key(row)
            guard cohorts[key] != nil else { continue }
            let pair = VersionPair(first: try row.int32(3), second: try row.int32(4))
            var cell = PairCell(layout: layout)
            try cell.add(totals: try row.bytes(5))
            let slice = try row.int32(2)
            let slicedPair = FrozenCohort.SlicedPair(pair: pair, slice: slice)
            cohorts[key]?.pairs[slicedPair] = cell
            let gains = try row.bytes(7)
            if !gains.isEmpty {
                var sums = EntitySums.gains(of: task.kind.losses)
                try sums.add(bytes: gains)
                cohorts[key]?.entityGains[slicedPair] = sums
            }
            let bytes = try row.bytes(6)
            guard !bytes.isEmpty else { continue }
            var evidence = GainEvidence()
            try evidence.add(totals: bytes)
            cohorts[key]?.evidence[pair] = evidence
        }
    }

    private static func key(_ row: PostgresRow) throws -> FrozenAt {
        FrozenAt(bucketStart: try row.instant(0), age: try row.int64(1))
    }

    /// The pairs of `versions` are taken in; those of others may be kept today and not tomorrow.
    package func fingerprint(
        frozenBy instant: Instant,
        pairsOf versions: Set<Int32>
    ) async throws -> LedgerFingerprint {
        let row = try await connection.query(
            """
            WITH frozen AS (
                SELECT bucket_start, age_seconds
                FROM cohorts
                WHERE task_id = \(task.id) AND matured_at <= \(instant.clamped)
                    AND EXISTS (
                        SELECT 1
                        FROM cohort_cells
                        WHERE cohort_cells.task_id = cohorts.task_id
                            AND cohort_cells.bucket_start = cohorts.bucket_start
                            AND cohort_cells.age_seconds = cohorts.age_seconds)
            ),
            cells AS (
                SELECT bucket_start, age_seconds, 0 AS slice_id, model_version_id AS first_id,
                    0 AS second_id, totals || losses || scores AS content
                FROM cohort_cells
                JOIN frozen USING (bucket_start, age_seconds)
                WHERE task_id = \(task.id)
                UNION ALL
                SELECT bucket_start, age_seconds, slice_id, first_version_id, second_version_id,
                    totals || evidence
                FROM cohort_pair_cells
                JOIN frozen USING (bucket_start, age_seconds)
                WHERE task_id = \(task.id) \(CellStore.pairCondition(versions))
            )
            SELECT (SELECT count(*) FROM frozen) AS cohort_count,
                encode(sha256(coalesce(string_agg(sha256(content), ''::bytea ORDER BY
                    bucket_start, age_seconds, slice_id, first_id, second_id), ''::bytea)), 'hex')
                    AS digest
            FROM cells
            """
        ).single()
        return LedgerFingerprint(
            cohorts: Int(try row.int64("cohort_count")),
            digest: try row.text("digest")
        )
    }

    // MARK: - Baseline file

    /// Adds the cohorts of a new baseline file to those of the older ones; under the task's gate.
    ///
    /// - Returns: The version of the file, which the task's settings then name.
    package func addBaseline(_ cohorts: [Instant: CohortCell]) async throws -> Int32 {
        let version = try await connection.query(
            "SELECT baseline_version + 1 AS version FROM tasks WHERE task_id = \(task.id)"
        ).single().int32("version")
        try await connection.copyIn(
            """
            COPY baseline_cohorts (
                task_id, baseline_version, bucket_start, totals, losses, scores, entities)
            FROM STDIN (FORMAT binary)
            """
        ) { writer in
            for (start, cell) in cohorts.sorted(by: { $0.key < $1.key }) {
                try writer.startRow(fields: 7)
                writer.int32(task.id)
                writer.int32(version)
                writer.timestamp(microsecondsSince1970: start.microseconds)
                writer.bytes(CellCoding.encode(totals: cell.totals))
                writer.bytes(CellCoding.encode(histogram: cell.losses))
                writer.bytes(CellCoding.encode(histogram: cell.scores))
                writer.bytes(cell.entities.bytes)
            }
        }
        return version
    }

    /// The baseline of a `version`; `nil` for that of the store's task.
    package func baseline(
        version: Int32? = nil
    ) async throws -> [(start: Instant, cell: CohortCell)] {
        try await connection.query(
            """
            SELECT bucket_start, totals, losses, scores, entities
            FROM baseline_cohorts
            WHERE task_id = \(task.id)
                AND baseline_version = \(version ?? task.baselineVersion)
            ORDER BY bucket_start
            """
        ).map { row in
            var cell = CohortCell(kind: task.kind)
            try cell.add(
                totals: try row.bytes(1),
                losses: try row.bytes(2),
                scores: try row.bytes(3),
                entities: try row.bytes(4)
            )
            return (start: try row.instant(0), cell: cell)
        }
    }
}

/// Which cohort, at which age.
package struct FrozenAt: Hashable, Sendable {
    package var bucketStart: Instant
    package var age: Int64

    package init(bucketStart: Instant, age: Int64) {
        self.bucketStart = bucketStart
        self.age = age
    }
}
