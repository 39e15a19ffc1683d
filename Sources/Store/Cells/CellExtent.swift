package import Evaluation
import Postgres

extension CellStore {
    /// The time buckets of which there are cells, in order, also where these sum up to nothing.
    package func bucketStarts() async throws -> [Instant] {
        try await connection.query(
            """
            SELECT DISTINCT bucket_start
            FROM model_cells
            WHERE task_id = \(task.id) AND slice_id = 0
            ORDER BY bucket_start
            """
        ).map { try $0.instant(0) }
    }

    /// The first and the last time bucket with predictions that stand, of those that start in an interval.
    ///
    /// A bucket whose cells sum up to nothing has none: its predictions gave way to earlier ones, and whether its
    /// cells are still there depends on when they are folded.
    package func extent(starting interval: Window) async throws -> ClosedRange<Int32>? {
        guard let first = try await outermost(interval, isLast: false),
            let last = try await outermost(interval.after(first), isLast: true)
        else { return nil }
        return buckets.number(of: first)...buckets.number(of: last)
    }

    /// The last time bucket in which each model has predictions that stand; without those that have none since the first
    /// bucket of a range.
    ///
    /// Most have some of late, so that the past is read by and by, beginning with the end of the range.
    ///
    /// - Parameters:
    ///   - versions: Those of each model.
    ///   - range: In which it matters.
    /// - Returns: The numbers of buckets, which may lie after the range.
    /// - Throws: `PostgresError`.
    package func lastSeen(
        _ versions: [Name: Set<Int32>],
        in range: ClosedRange<Int32>
    ) async throws -> [Name: Int32] {
        let versions = versions.filter { !$0.value.isEmpty }
        let (first, last) = (
            buckets.start(ofNumber: range.lowerBound), buckets.start(ofNumber: range.upperBound)
        )
        var seen: [Name: Int32] = [:]
        var (rest, days) = (Window.always.after(first), Int64(RecentDays.count))
        while seen.count < versions.count, !rest.isEmpty {
            let start = max(first, last.advanced(bySeconds: -days * 86_400))
            let found = try await totals(
                slice: TaskDictionary.allSlices,
                starting: rest.after(start)
            ).lastSeen(versions, kind: task.kind)
            seen.merge(found) { later, _ in later }
            rest = rest.before(start)
            days *= 8
        }
        return seen
    }

    private func outermost(_ interval: Window, isLast: Bool) async throws -> Instant? {
        var rest = interval
        while !rest.isEmpty, let start = try await edge(of: rest, isLast: isLast) {
            let next = Instant(microseconds: start.microseconds + 1)
            let totals = try await totals(
                slice: TaskDictionary.allSlices,
                starting: Window(from: start, upTo: next)
            )
            if totals.values.contains(where: { !$0.isZero }) { return start }
            rest = isLast ? rest.before(start) : rest.after(next)
        }
        return nil
    }

    private func edge(of interval: Window, isLast: Bool) async throws -> Instant? {
        let place: SQL = """
            FROM model_cells
            WHERE task_id = \(task.id) AND slice_id = 0
                AND bucket_start >= \(interval.lowerBound.clamped)
                AND bucket_start < \(interval.upperBound.clamped)
            """
        return
            try await connection.query(
                isLast
                    ? "SELECT max(bucket_start) AS edge " + place
                    : "SELECT min(bucket_start) AS edge " + place
            ).single().optionalInstant("edge")
    }
}
