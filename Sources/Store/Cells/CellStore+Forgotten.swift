package import Evaluation
import Postgres

/// What forgotten requests have added: kept beside the other cells, and folded into none, so that what rows add can be
/// told from it.
extension CellStore {
    /// The upload id of their cells; the chunk is the number of their deletion.
    package static let forgotten: Int64 = -1

    /// What requests that were forgotten at once have added.
    package struct Sums: Sendable {
        package var cells: [CellKey: ModelCell] = [:]
        package var pairs: [PairCellKey: PairCell] = [:]
        package var contradictions: [Int32: ContradictionCount] = [:]
    }

    /// The sums of time buckets that start in an interval, by the number of the deletion.
    ///
    /// - Parameters:
    ///   - slice: `nil` reads those of every slice, "all" included.
    ///   - versions: Of which pairs are read; all for `nil`.
    ///   - interval: Of the starts.
    /// - Returns: None of a deletion that left none.
    /// - Throws: `PostgresError`.
    package func forgottenSums(
        slice: Int32? = nil,
        pairsOf versions: Set<Int32>? = nil,
        starting interval: Window
    ) async throws -> [Int32: Sums] {
        let slices: SQL = "AND slice_id BETWEEN \(slice ?? 0) AND \(slice ?? .max)"
        var sums: [Int32: Sums] = [:]
        for row in try await connection.query(
            """
            SELECT bucket_start, model_version_id, slice_id, totals, histogram, chunk
            FROM model_cells
            WHERE \(isForgotten(interval)) \(slices)
            """
        ) {
            try add(row, to: &sums[try row.int32(5), default: Sums()].cells)
        }
        for row in try await connection.query(
            """
            SELECT bucket_start, first_version_id, second_version_id, slice_id, totals, chunk
            FROM pair_cells
            WHERE \(isForgotten(interval)) \(slices) \(Self.pairCondition(versions))
            """
        ) {
            try add(row, to: &sums[try row.int32(5), default: Sums()].pairs)
        }
        for row in try await connection.query(
            """
            SELECT bucket_start, scores, labels, chunk
            FROM contradiction_cells
            WHERE \(isForgotten(interval))
            """
        ) {
            let bucket = buckets.number(of: try row.instant(0))
            sums[try row.int32(3), default: Sums()].contradictions[bucket] = ContradictionCount(
                scores: try row.int64(1),
                labels: try row.int64(2)
            )
        }
        return sums
    }

    private func isForgotten(_ interval: Window) -> SQL {
        """
        task_id = \(task.id) AND upload_id = \(constant: Self.forgotten)
            AND bucket_start >= \(interval.lowerBound.clamped)
            AND bucket_start < \(interval.upperBound.clamped)
        """
    }
}
