import Migrations
import Postgres
import TestSupport
import Testing

@Suite(.emptyDatabase, .hangLimit)
struct ContradictionsMigrationTests {
    @Test func `cells are recomputed of tasks in which something contradicts, and of no other`()
        async throws
    {
        let connection = try await TemporaryDatabase.connect()
        let place = try #require(
            Migration.all.firstIndex { $0.name.contains("count_contradictions") }
        )
        try await Migrator(migrations: Array(Migration.all[..<place])).migrate(connection)
        try await connection.executeScript(
            """
            INSERT INTO tasks (
                horizon_seconds, threshold, tolerance_value, created_at, settings_version,
                positive_class, partition_days, baseline_version, name, kind, label_policy, time_zone,
                bucket_size, evidence_unit, baseline_kind, tolerance_kind, classes, slice_keys,
                label_sources)
            SELECT 60, 0.5, 0.1, '2024-01-01T00:00:00Z', 1, 1, 28, 0, name, 'binary', 'pending', 'UTC',
                'day', 'day', 'first', 'relative', '{"0","1"}', '{}', '{}'
            FROM unnest('{empty,conflict,corrected,plain}'::text[]) AS told (name);
            INSERT INTO task_settings (task_id, settings_version, recorded_at, settings)
            SELECT task_id, 1, created_at, to_jsonb(tasks) FROM tasks;
            INSERT INTO uploads (
                task_id, kind, digest, known_at, received, accepted, duplicate, conflict, corrected,
                withdrawn, orphan, joined, label_before_prediction, rejected)
            SELECT task_id, 'predictions', '', created_at, 2, 1, 1,
                (name = 'conflict')::int, (name = 'corrected')::int, 0, 0, 0, 0, 0
            FROM tasks
            WHERE name <> 'empty';
            """
        )
        try await Migrator(migrations: Array(Migration.all[...place])).migrate(connection)
        let tasks = try await connection.query(
            """
            SELECT name, cells_format, (settings ->> 'cells_format')::smallint AS told
            FROM tasks
            JOIN task_settings USING (task_id)
            ORDER BY name
            """
        ).map { "\(try $0.text("name")) \(try $0.int16("cells_format")) \(try $0.int16("told"))" }
        #expect(tasks == ["conflict 3 3", "corrected 3 3", "empty 4 4", "plain 4 4"])
        await connection.close()
    }
}
