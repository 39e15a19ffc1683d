import Migrations
import Postgres
import TestSupport
import Testing

@Suite(.emptyDatabase, .hangLimit)
struct DecisionRecordsMigrationTests {
    /// Every migration that adds a column to `tasks` must add it to the documents as well.
    @Test func `tasks that exist get their settings on record, complete for this program`()
        async throws
    {
        let connection = try await TemporaryDatabase.connect()
        try await Migrator(migrations: Array(Migration.all.prefix(5))).migrate(connection)
        try await connection.executeScript(
            """
            INSERT INTO tasks (
                horizon_seconds, threshold, tolerance_value, created_at, settings_version,
                positive_class, partition_days, name, kind, label_policy, time_zone, bucket_size,
                evidence_unit, baseline_kind, tolerance_kind, classes, slice_keys, label_sources)
            SELECT 60, 0.1::float8 + 0.2, 0.1, '2024-01-01T00:00:00.123456Z', 3, 1, 28, name, 'binary',
                'pending', 'UTC', 'day', 'day', 'file', 'relative', '{"0","1"}', '{}', '{}'
            FROM unnest('{"with file","without file"}'::text[]) AS name;
            INSERT INTO baseline_cohorts (bucket_start, task_id, totals, losses)
            SELECT '2023-01-01T00:00:00Z', task_id, '', '' FROM tasks WHERE name = 'with file';
            INSERT INTO models (task_id, name) SELECT task_id, 'gbm' FROM tasks;
            INSERT INTO model_versions (model_id, version) SELECT model_id, '' FROM models;
            INSERT INTO model_cells (
                bucket_start, task_id, model_version_id, slice_id, upload_id, chunk, totals, histogram)
            SELECT '2024-01-01T00:00:00Z', task_id, model_version_id, 0, 1, 0, '', ''
            FROM models
            JOIN model_versions USING (model_id);
            """
        )
        try await Migrator().migrate(connection)
        let rows = try await connection.query(
            """
            SELECT name, baseline_version,
                recorded_at = created_at AS is_from_creation,
                task_settings.settings_version = 3 AS is_version,
                settings = to_jsonb(tasks) AS is_complete
            FROM tasks
            LEFT JOIN task_settings USING (task_id)
            ORDER BY name
            """
        )
        #expect(try rows.map { try $0.text("name") } == ["with file", "without file"])
        #expect(try rows.map { try $0.int("baseline_version") } == [1, 0])
        for row in rows {
            #expect(try row.bool("is_from_creation"))
            #expect(try row.bool("is_version"))
            #expect(try row.bool("is_complete"))
        }
        let models = try await connection.query(
            """
            SELECT models.recorded_at = tasks.created_at AS is_from_creation
            FROM models
            JOIN tasks USING (task_id)
            """
        )
        #expect(try models.map { try $0.bool("is_from_creation") } == [true, true])
        let cohorts = try await connection.query("SELECT baseline_version FROM baseline_cohorts")
        #expect(try cohorts.map { try $0.int("baseline_version") } == [1])
        await connection.close()
    }
}
