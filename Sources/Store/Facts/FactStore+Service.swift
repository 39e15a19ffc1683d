package import Evaluation
import Postgres

extension FactStore {
    /// How some model versions served in an interval, as known at an instant.
    ///
    /// All rows count, also those that do not stand beside an earlier one of the same prediction id: a request
    /// that was sent twice was answered twice. Only the partitions of the interval are read. Latencies are added
    /// up as decimals, so that the mean is the same whatever the order of the rows.
    ///
    /// `sets` are the model sets that hold one of the versions.
    package func serviceLevel(
        sets: [Int32],
        during interval: Window,
        asOf: Instant
    ) async throws -> ServiceLevel {
        guard !sets.isEmpty else { return ServiceLevel() }
        let end = interval.upperBound.previous
        let last = Partition(of: end, days: task.partitionDays).number
        let first = Partition(of: interval.lowerBound, days: task.partitionDays).number
        func rows(of table: SQL, _ counted: SQL) -> SQL {
            """
            SELECT CASE WHEN p.details = '' THEN '{}' ELSE p.details END AS details
            FROM \(table) AS p
            WHERE p.part IN (\(constant: first), \(constant: last))
                AND p.model_set_id IN (\(Self.list(sets)))
                AND p.predicted_at >= \(interval.lowerBound)
                AND p.predicted_at < \(interval.upperBound)
                AND p.known_at <= \(asOf)
                \(counted)
            """
        }
        let now = rows(of: "predictions", andCountedThen("p"))
        let then =
            past == nil
            ? "" as SQL
            : "UNION ALL \(rows(of: "withdrawn_predictions", "AND \(withdrawnSince("p"))"))"
        let row = try await connection.query(
            """
            SELECT
                count(*) AS predictions,
                count(r.status) AS with_status,
                count(*) FILTER (WHERE lower(r.status) NOT IN ('ok', 'success', '200'))
                    AS failures,
                count(r.latency) AS with_latency,
                avg(r.latency)::float8 AS mean_latency,
                (percentile_disc(0.95) WITHIN GROUP (ORDER BY r.latency))::float8
                    AS p95_latency
            FROM (
                SELECT
                    NULLIF(p.details::jsonb ->> 'status', '') AS status,
                    (p.details::jsonb ->> 'latency_ms')::numeric AS latency
                FROM (\(now) \(then)) AS p
            ) AS r
            """
        ).single()
        return ServiceLevel(
            predictions: try row.int("predictions"),
            withStatus: try row.int("with_status"),
            failures: try row.int("failures"),
            withLatency: try row.int("with_latency"),
            meanLatency: try row.optionalDouble("mean_latency"),
            p95Latency: try row.optionalDouble("p95_latency")
        )
    }
}
