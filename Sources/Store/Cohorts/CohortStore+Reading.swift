package import Evaluation
import Postgres

/// Which entries of the ledger are read.
package enum LedgerPart: Sendable {
    /// All revisions.
    case every
    /// Of the entries that had reached their age by the `present`, the newest revision that was told by an instant, without
    /// what was told later than `asOf`.
    ///
    /// An entry without a single label has been evidence for nobody, so that its first revision with labels counts.
    case inForce(present: Instant, toldBy: Instant, asOf: Instant)
}

/// How much of the pairs of the ledger is read.
package enum PairDetail: Sendable {
    /// Slice by slice, with what the tests of a comparison need.
    case full
    /// Sums over all slices.
    case sums
    /// Sums slice by slice of the pairs with some versions alone.
    case slices(of: Set<Int32>)
}

extension CohortStore {
    /// What has been frozen by which version of the settings; cohorts that begin before `rowsFrom` are left out.
    package func frozenBySettings(
        from rowsFrom: Instant
    ) async throws -> [Int32: Set<LedgerPlace>] {
        var frozen: [Int32: Set<LedgerPlace>] = [:]
        for row in try await connection.query(
            """
            SELECT bucket_start, age_seconds, revision, settings_version
            FROM cohorts
            WHERE task_id = \(task.id) AND bucket_start >= \(rowsFrom.clamped)
                AND frozen_at IS NOT NULL
            """
        ) {
            frozen[try row.int32(3), default: []].insert(try Self.place(row))
        }
        return frozen
    }

    /// The made entries of a part of the ledger, in event order, the youngest first.
    ///
    /// Those that hold no prediction are left out: they are in the ledger where one had been known and gave way to an
    /// earlier one, which depends on when somebody looked, and are no evidence.
    ///
    /// - Parameters:
    ///   - part: Which entries.
    ///   - whole: The versions whose cells are read whole; of others totals of the full age are. `nil` for all.
    ///   - versions: Those whose pairs with any other version are read too; none where empty.
    ///   - detail: How much of the pairs.
    /// - Returns: The entries.
    /// - Throws: `PostgresError`.
    package func cohorts(
        _ part: LedgerPart,
        whole: Set<Int32>? = nil,
        withPairsOf versions: Set<Int32> = [],
        _ detail: PairDetail = .full
    ) async throws -> [FrozenCohort] {
        var cohorts: [LedgerPlace: FrozenCohort] = [:]
        for row in try await connection.query(
            """
            SELECT bucket_start, age_seconds, revision, matured_at
            FROM (\(entries(part))) AS entry
            """
        ) {
            let place = try Self.place(row)
            cohorts[place] = FrozenCohort(
                bucketStart: place.bucketStart,
                age: place.age,
                revision: place.revision,
                frozenAsOf: try row.instant(3)
            )
        }
        let isWhole: SQL =
            whole.map { "model_version_id = ANY(\($0.sorted())::integer[])" } ?? "true"
        let empty = CohortCell(kind: task.kind)
        for row in try await connection.query(
            """
            SELECT bucket_start, age_seconds, revision, model_version_id, totals,
                CASE WHEN is_whole THEN losses ELSE '' END,
                CASE WHEN is_whole THEN scores ELSE '' END,
                CASE WHEN is_whole THEN labels ELSE '' END,
                CASE WHEN is_whole THEN slices ELSE '' END,
                CASE WHEN is_whole THEN entities ELSE '' END
            FROM cohort_cells
            CROSS JOIN LATERAL (SELECT \(isWhole) AS is_whole) AS reading
            WHERE task_id = \(task.id) AND (is_whole OR age_seconds = \(task.horizonSeconds))
            """
        ) {
            var cell = empty
            try cell.add(
                totals: try row.bytes(4),
                losses: try row.bytes(5),
                scores: try row.bytes(6),
                labels: try row.bytes(7),
                slices: try row.bytes(8),
                entities: try row.bytes(9)
            )
            cohorts[try Self.place(row)]?.cells[try row.int32(3)] = cell
        }
        if !versions.isEmpty {
            try await readPairs(of: versions, detail, into: &cohorts)
        }
        return cohorts.values.filter { !$0.cells.isEmpty }
            .sorted { ($0.bucketStart, $0.age) < ($1.bucketStart, $1.age) }
    }

    /// The entries of a part of the ledger at the full age, and when each was made; in event order.
    package func made(_ part: LedgerPart) async throws -> [MadeEntry] {
        try await connection.query(
            """
            SELECT bucket_start, revision, frozen_at
            FROM (\(entries(part))) AS entry
            WHERE age_seconds = \(task.horizonSeconds)
            ORDER BY bucket_start
            """
        ).map { row in
            MadeEntry(
                bucketStart: try row.instant(0),
                revision: try row.int32(1),
                madeAt: try row.instant(2)
            )
        }
    }

    private func readPairs(
        of versions: Set<Int32>,
        _ detail: PairDetail,
        into cohorts: inout [LedgerPlace: FrozenCohort]
    ) async throws {
        let empty = PairCell(layout: CellLayout(kind: task.kind))
        let evidence: SQL = if case .full = detail { "evidence" } else { "''::bytea" }
        let condition: SQL =
            switch detail {
            case .full: ""
            case .sums: Self.overAllSlices
            case .slices(let others): CellStore.pairCondition(others)
            }
        for row in try await connection.query(
            """
            SELECT bucket_start, age_seconds, revision, slice_id, first_version_id, second_version_id,
                totals, \(evidence), entities
            FROM cohort_pair_cells
            WHERE task_id = \(task.id) \(condition)
                \(CellStore.pairCondition(versions))
            """
        ) {
            let place = try Self.place(row)
            guard cohorts[place] != nil else { continue }
            let pair = VersionPair(first: try row.int32(4), second: try row.int32(5))
            var cell = empty
            try cell.add(totals: try row.bytes(6))
            let slice = try row.int32(3)
            let slicedPair = FrozenCohort.SlicedPair(pair: pair, slice: slice)
            cohorts[place]?.pairs[slicedPair] = cell
            guard slice == TaskDictionary.allSlices else { continue }
            let gains = try row.bytes(8)
            if !gains.isEmpty {
                var sums = EntitySums.gains(of: task.kind.losses)
                try sums.add(bytes: gains)
                cohorts[place]?.entityGains[pair] = sums
            }
            let bytes = try row.bytes(7)
            guard !bytes.isEmpty else { continue }
            var evidence = GainEvidence()
            try evidence.add(totals: bytes)
            cohorts[place]?.evidence[pair] = evidence
        }
    }

    /// As a constant, which the index over such pairs is of.
    private static var overAllSlices: SQL {
        "AND slice_id = \(constant: TaskDictionary.allSlices)"
    }

    private static func place(_ row: PostgresRow) throws -> LedgerPlace {
        LedgerPlace(
            bucketStart: try row.instant(0),
            age: try row.int64(1),
            revision: try row.int32(2)
        )
    }

    func entries(_ part: LedgerPart) -> SQL {
        switch part {
        case .every:
            """
            SELECT bucket_start, age_seconds, revision, matured_at, has_labels, frozen_at
            FROM cohorts
            WHERE task_id = \(task.id) AND frozen_at IS NOT NULL
            """
        case .inForce(let present, let toldBy, let asOf):
            """
            SELECT DISTINCT ON (bucket_start, age_seconds)
                bucket_start, age_seconds, revision, matured_at, has_labels, frozen_at
            FROM (
                SELECT bucket_start, age_seconds, revision, matured_at, has_labels, frozen_at,
                    max(revision) FILTER (WHERE told_at <= \(toldBy.clamped))
                        OVER (PARTITION BY bucket_start, age_seconds) AS newest
                FROM cohorts
                WHERE task_id = \(task.id) AND frozen_at IS NOT NULL
                    AND matured_at <= \(present.clamped) AND told_at <= \(asOf.clamped))
                AS told
            WHERE revision >= newest
            ORDER BY bucket_start, age_seconds, has_labels DESC,
                CASE WHEN has_labels THEN revision ELSE -revision END
            """
        }
    }

    /// What a recommendation rests on: of pairs those over all slices.
    ///
    /// The pairs of `versions` are taken in; those of others may be kept today and not tomorrow.
    package func fingerprint(
        _ part: LedgerPart,
        pairsOf versions: Set<Int32>
    ) async throws -> LedgerFingerprint {
        let row = try await connection.query(
            """
            WITH frozen AS (
                SELECT bucket_start, age_seconds, revision
                FROM (\(entries(part))) AS entry
                WHERE EXISTS (
                        SELECT 1
                        FROM cohort_cells
                        WHERE cohort_cells.task_id = \(task.id)
                            AND cohort_cells.bucket_start = entry.bucket_start
                            AND cohort_cells.age_seconds = entry.age_seconds
                            AND cohort_cells.revision = entry.revision)
            ),
            cells AS (
                SELECT bucket_start, age_seconds, 0 AS kind, model_version_id AS first_id,
                    0 AS second_id, sha256(totals || losses || scores || labels) AS digest
                FROM cohort_cells
                JOIN frozen USING (bucket_start, age_seconds, revision)
                WHERE task_id = \(task.id)
                UNION ALL
                SELECT bucket_start, age_seconds, 1, first_version_id, second_version_id,
                    sha256(totals || evidence)
                FROM cohort_pair_cells
                JOIN frozen USING (bucket_start, age_seconds, revision)
                WHERE task_id = \(task.id) \(Self.overAllSlices) \(CellStore.pairCondition(versions))
            )
            SELECT (SELECT count(*) FROM frozen) AS cohort_count,
                encode(sha256(coalesce(string_agg(cells.digest, ''::bytea ORDER BY
                    bucket_start, age_seconds, kind, first_id, second_id), ''::bytea)), 'hex')
                    AS digest
            FROM cells
            """
        ).single()
        return LedgerFingerprint(
            cohorts: Int(try row.int64("cohort_count")),
            digest: try row.text("digest")
        )
    }
}
