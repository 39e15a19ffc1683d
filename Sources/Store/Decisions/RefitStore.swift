package import Evaluation
package import Postgres

/// What models that were fitted anew each week would have lost, by the mark of what it rests on.
package struct RefitStore: Sendable {
    package let connection: PostgresConnection
    package let task: PredictionTask

    package init(_ connection: PostgresConnection, task: PredictionTask) {
        self.connection = connection
        self.task = task
    }

    /// Those of some marks that are kept.
    package func kept(_ marks: [RefitMark]) async throws -> [RefitMark: JudgedRefit] {
        var kept: [RefitMark: JudgedRefit] = [:]
        for row in try await connection.query(
            """
            SELECT mark, fitted_rows, feature_count
            FROM refits
            WHERE task_id = \(task.id) AND mark = ANY(\(marks.map(\.uuid)))
            """
        ) {
            kept[RefitMark(try row.uuid(0))] = JudgedRefit(
                fittedRows: Int(try row.int32(1)),
                features: Int(try row.int32(2)),
                days: []
            )
        }
        for row in try await connection.query(
            """
            SELECT mark, local_date, row_count, champion_loss, retrained_loss
            FROM refit_days
            WHERE task_id = \(task.id) AND mark = ANY(\(marks.map(\.uuid)))
            ORDER BY local_date
            """
        ) {
            kept[RefitMark(try row.uuid(0))]?.days.append(
                JudgedRefit.Day(
                    date: try row.int32(1),
                    rows: Int(try row.int32(2)),
                    champion: try row.double(3),
                    retrained: try row.double(4)
                )
            )
        }
        return kept
    }

    /// Keeps what was worked out; what is kept already stays.
    package func keep(_ refits: [RefitMark: JudgedRefit]) async throws {
        let sorted = refits.sorted { $0.key.uuid < $1.key.uuid }
        _ = try await connection.execute(
            """
            INSERT INTO refits (task_id, mark, fitted_rows, feature_count)
            SELECT \(task.id), made.*
            FROM unnest(
                \(sorted.map(\.key.uuid)), \(sorted.map { Int32($0.value.fittedRows) }),
                \(sorted.map { Int32($0.value.features) })) AS made
            ON CONFLICT (task_id, mark) DO NOTHING
            """
        )
        let days = sorted.flatMap { refit in refit.value.days.map { (refit.key.uuid, $0) } }
        _ = try await connection.execute(
            """
            INSERT INTO refit_days (
                task_id, mark, local_date, row_count, champion_loss, retrained_loss)
            SELECT \(task.id), made.*
            FROM unnest(
                \(days.map(\.0)), \(days.map(\.1.date)), \(days.map { Int32($0.1.rows) }),
                \(days.map(\.1.champion)), \(days.map(\.1.retrained))) AS made
            ON CONFLICT (task_id, mark, local_date) DO NOTHING
            """
        )
    }
}

extension RefitMark {
    fileprivate init(_ uuid: PostgresUUID) {
        self.init(high: uuid.high, low: uuid.low)
    }

    fileprivate var uuid: PostgresUUID { PostgresUUID(high: high, low: low) }
}
