package import Evaluation
package import Postgres

/// Cells: appended as deltas by every upload, read summed up, folded now and then.
package struct CellStore: Sendable {
    package let connection: PostgresConnection
    package let task: PredictionTask
    package let buckets: TimeBuckets

    package init(_ connection: PostgresConnection, task: PredictionTask, buckets: TimeBuckets) {
        self.connection = connection
        self.task = task
        self.buckets = buckets
    }

    // MARK: - Writing

    /// Appends what an upload, or a chunk of it, adds.
    ///
    /// Cells to which it adds nothing are left out, but for those that are marked: they tell that their time bucket
    /// has a prediction, which did not stand.
    package func append(
        cells: [CellKey: ModelCell],
        pairs: [PairCellKey: PairCell],
        marked: Set<CellKey> = [],
        contradictions: [Int32: ContradictionCount] = [:],
        uploadID: Int64,
        chunk: Int32
    ) async throws {
        try await append(contradictions: contradictions, uploadID: uploadID, chunk: chunk)
        let starts = starts(of: cells.keys.map(\.bucket) + pairs.keys.map(\.bucket))
        let kept = cells.filter { !$0.value.isZero || marked.contains($0.key) }
        let changed = kept.sorted { left, right in
            (left.key.slice, left.key.bucket, left.key.version)
                < (right.key.slice, right.key.bucket, right.key.version)
        }
        if !changed.isEmpty {
            try await connection.copyIn(
                """
                COPY model_cells (
                    bucket_start, task_id, model_version_id, slice_id, upload_id, chunk, totals,
                    histogram)
                FROM STDIN (FORMAT binary)
                """
            ) { writer in
                for (key, cell) in changed {
                    try writer.startRow(fields: 8)
                    writer.timestamp(microsecondsSince1970: starts[key.bucket] ?? 0)
                    writer.int32(task.id)
                    writer.int32(key.version)
                    writer.int32(key.slice)
                    writer.int64(uploadID)
                    writer.int32(chunk)
                    writer.bytes(CellCoding.encode(totals: cell.totals))
                    writer.bytes(CellCoding.encode(histogram: cell.histogram))
                }
            }
        }
        let changedPairs = pairs.filter { !$0.value.isZero }.sorted { left, right in
            (left.key.slice, left.key.bucket, left.key.first, left.key.second)
                < (right.key.slice, right.key.bucket, right.key.first, right.key.second)
        }
        guard !changedPairs.isEmpty else { return }
        try await connection.copyIn(
            """
            COPY pair_cells (
                bucket_start, task_id, first_version_id, second_version_id, slice_id, upload_id,
                chunk, totals)
            FROM STDIN (FORMAT binary)
            """
        ) { writer in
            for (key, cell) in changedPairs {
                try writer.startRow(fields: 8)
                writer.timestamp(microsecondsSince1970: starts[key.bucket] ?? 0)
                writer.int32(task.id)
                writer.int32(key.first)
                writer.int32(key.second)
                writer.int32(key.slice)
                writer.int64(uploadID)
                writer.int32(chunk)
                writer.bytes(CellCoding.encode(totals: cell.totals))
            }
        }
    }

    // MARK: - Reading

    /// The summed-up cells of a slice whose time buckets start in an interval; cells that are 0 are left out.
    ///
    /// A `slice` of `nil` reads the cells of every slice, "all" included; `versions` of `nil` those of every model.
    package func cells(
        slice: Int32?,
        of versions: Set<Int32>? = nil,
        starting interval: Window,
        from source: CellSource = .all
    ) async throws -> [CellKey: ModelCell] {
        let ofVersions: SQL =
            versions.map { "AND model_version_id = ANY(\($0.sorted())::integer[])" } ?? ""
        var cells: [CellKey: ModelCell] = [:]
        for row in try await connection.query(
            """
            SELECT bucket_start, model_version_id, slice_id, totals, histogram
            FROM model_cells
            WHERE task_id = \(task.id)
                AND slice_id BETWEEN \(slice ?? 0) AND \(slice ?? .max)
                AND bucket_start >= \(interval.lowerBound.clamped)
                AND bucket_start < \(interval.upperBound.clamped)
                \(ofVersions)
                \(source.condition)
            """
        ) {
            try add(row, to: &cells)
        }
        return cells.filter { !$0.value.isZero }
    }

    /// Adds a `row` of a time bucket, version, slice, totals and histogram.
    func add(_ row: PostgresRow, to cells: inout [CellKey: ModelCell]) throws {
        let key = CellKey(
            version: try row.int32(1),
            slice: try row.int32(2),
            bucket: buckets.number(of: try row.instant(0))
        )
        let isFine = key.slice == TaskDictionary.allSlices
        try cells[key, default: ModelCell(layout: CellLayout(kind: task.kind), fine: isFine)]
            .add(totals: try row.bytes(3), histogram: try row.bytes(4))
    }

    /// The summed-up totals alone, for series that need no histogram.
    package func totals(
        slice: Int32,
        starting interval: Window
    ) async throws -> [CellKey: CellTotals] {
        let zero = ModelCell(layout: CellLayout(kind: task.kind), fine: false).totals
        var cells: [CellKey: CellTotals] = [:]
        for row in try await connection.query(
            """
            SELECT bucket_start, model_version_id, totals
            FROM model_cells
            WHERE task_id = \(task.id) AND slice_id = \(slice)
                AND bucket_start >= \(interval.lowerBound.clamped)
                AND bucket_start < \(interval.upperBound.clamped)
            """
        ) {
            let key = CellKey(
                version: try row.int32(1),
                slice: slice,
                bucket: buckets.number(of: try row.instant(0))
            )
            try CellCoding.add(totals: try row.bytes(2), to: &cells[key, default: zero])
        }
        return cells
    }

    /// The summed-up paired cells.
    ///
    /// A `slice` of `nil` reads the cells of every slice, "all" included. `versions` are those of which a pair has at
    /// least one; `nil` for all pairs.
    package func pairs(
        slice: Int32?,
        of versions: Set<Int32>? = nil,
        starting interval: Window,
        from source: CellSource = .all
    ) async throws -> [PairCellKey: PairCell] {
        let ofVersions = Self.pairCondition(versions)
        var cells: [PairCellKey: PairCell] = [:]
        for row in try await connection.query(
            """
            SELECT bucket_start, first_version_id, second_version_id, slice_id, totals
            FROM pair_cells
            WHERE task_id = \(task.id)
                AND slice_id BETWEEN \(slice ?? 0) AND \(slice ?? .max)
                AND bucket_start >= \(interval.lowerBound.clamped)
                AND bucket_start < \(interval.upperBound.clamped)
                \(ofVersions)
                \(source.condition)
            """
        ) {
            try add(row, to: &cells)
        }
        return cells.filter { !$0.value.isZero }
    }

    /// Adds a `row` of a time bucket, the first and the second version, a slice and totals.
    func add(_ row: PostgresRow, to cells: inout [PairCellKey: PairCell]) throws {
        let key = PairCellKey(
            first: try row.int32(1),
            second: try row.int32(2),
            slice: try row.int32(3),
            bucket: buckets.number(of: try row.instant(0))
        )
        try cells[key, default: PairCell(layout: CellLayout(kind: task.kind))]
            .add(totals: try row.bytes(4))
    }

    /// Puts pairs with their sides exchanged in the place of those that are stored; under the task's gate.
    ///
    /// - Parameters:
    ///   - pairs: As they are stored, both sides in any slice and time bucket.
    ///   - cells: What takes the place of those of rows.
    ///   - sums: What takes the place of those of forgotten requests, by the number of the deletion.
    /// - Throws: `PostgresError`.
    package func replace(
        _ pairs: Set<VersionPair>,
        by cells: [PairCellKey: PairCell],
        forgotten sums: [Int32: [PairCellKey: PairCell]]
    ) async throws {
        try await Self.delete(pairs, from: "pair_cells", of: task, connection)
        try await append(cells: [:], pairs: cells, uploadID: Self.folded, chunk: 0)
        for (chunk, cells) in sums {
            try await append(cells: [:], pairs: cells, uploadID: Self.forgotten, chunk: chunk)
        }
    }

    static func delete(
        _ pairs: Set<VersionPair>,
        from table: String,
        of task: PredictionTask,
        _ connection: PostgresConnection
    ) async throws {
        _ = try await connection.execute(
            """
            DELETE FROM \(identifier: table) AS cell
            USING unnest(\(pairs.map(\.first)), \(pairs.map(\.second))) AS pair (first, second)
            WHERE cell.task_id = \(task.id)
                AND cell.first_version_id = pair.first AND cell.second_version_id = pair.second
            """
        )
    }

    /// The condition that a pair has at least one of some versions; `nil` for none.
    static func pairCondition(_ versions: Set<Int32>?) -> SQL {
        guard let versions else { return "" }
        let list = versions.sorted()
        return """
            AND (first_version_id = ANY(\(list)::integer[])
                OR second_version_id = ANY(\(list)::integer[]))
            """
    }

    // MARK: - Folding

    /// How many delta rows stand beside the cells that they add to.
    package func deltaCount() async throws -> (rows: Int64, cells: Int64) {
        let row = try await connection.query(
            """
            SELECT count(*) AS delta_count,
                count(DISTINCT (slice_id, bucket_start, model_version_id)) AS cell_count
            FROM model_cells
            WHERE task_id = \(task.id) \(CellSource.rows.condition)
            """
        ).single()
        return (try row.int64("delta_count"), try row.int64("cell_count"))
    }

    /// Replaces the stored cells of rows whose time buckets start in an interval; under the task's gate.
    ///
    /// That a time bucket has predictions of which none stands goes on to be told.
    package func replace(
        starting interval: Window = .always,
        cells: [CellKey: ModelCell],
        pairs: [PairCellKey: PairCell],
        contradictions: [Int32: ContradictionCount],
        marked more: Set<CellKey> = []
    ) async throws {
        let empty = ModelCell(layout: CellLayout(kind: task.kind), fine: true)
        let full = Set(cells.keys.filter { $0.slice == TaskDictionary.allSlices }.map(\.bucket))
        let marked = try await oneCellABucket(starting: interval).filter {
            !full.contains($0.bucket)
        }
        let all = cells.merging(marked.map { ($0, empty) }) { cell, _ in cell }
        for table in ["model_cells", "pair_cells", "contradiction_cells"] {
            _ = try await connection.execute(
                """
                DELETE FROM \(identifier: table)
                WHERE task_id = \(task.id)
                    AND bucket_start >= \(interval.lowerBound.clamped)
                    AND bucket_start < \(interval.upperBound.clamped)
                    \(CellSource.rows.condition)
                """
            )
        }
        try await append(
            cells: all,
            pairs: pairs,
            marked: more.union(marked),
            contradictions: contradictions,
            uploadID: Self.folded,
            chunk: 0
        )
    }

    /// A cell over all slices of each time bucket, the one of the first version.
    private func oneCellABucket(starting interval: Window) async throws -> [CellKey] {
        try await connection.query(
            """
            SELECT bucket_start, min(model_version_id) AS version
            FROM model_cells
            WHERE task_id = \(task.id)
                AND slice_id = 0
                AND bucket_start >= \(interval.lowerBound.clamped)
                AND bucket_start < \(interval.upperBound.clamped)
                \(CellSource.rows.condition)
            GROUP BY bucket_start
            """
        ).map { row in
            CellKey(
                version: try row.int32(1),
                slice: TaskDictionary.allSlices,
                bucket: buckets.number(of: try row.instant(0))
            )
        }
    }

    /// The upload id of cells that no upload has written: folding, and whoever adds pairs of older rows.
    package static let folded: Int64 = 0

    private func starts(of numbers: [Int32]) -> [Int32: Int64] {
        var starts: [Int32: Int64] = [:]
        for number in numbers where starts[number] == nil {
            starts[number] = buckets.start(ofNumber: number).microseconds
        }
        return starts
    }
}
