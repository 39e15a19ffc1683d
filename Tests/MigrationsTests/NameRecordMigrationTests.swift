import Migrations
import Postgres
import TestSupport
import Testing

@Suite(.emptyDatabase, .hangLimit)
struct NameRecordMigrationTests {
    @Test func `names that are used stay known, and models that refused uploads left are not`()
        async throws
    {
        let connection = try await TemporaryDatabase.connect()
        let before = Migration.all.prefix { !$0.name.contains("record_names") }
        #expect(before.count < Migration.all.count)
        try await Migrator(migrations: Array(before)).migrate(connection)
        try await connection.executeScript(
            """
            INSERT INTO tasks (
                horizon_seconds, threshold, tolerance_value, created_at, settings_version,
                positive_class, partition_days, baseline_version, name, kind, label_policy, time_zone,
                bucket_size, evidence_unit, baseline_kind, tolerance_kind, classes, slice_keys,
                label_sources)
            VALUES (
                60, 0.5, 0.1, '2024-01-01T00:00:00Z', 1, 1, 28, 0, 'old', 'binary', 'pending', 'UTC',
                'day', 'day', 'first', 'relative', '{"0","1"}', '{}', '{}');
            INSERT INTO models (task_id, name, recorded_at)
            SELECT task_id, model, '2024-02-01T00:00:00Z'
            FROM tasks, unnest('{used,left,named}'::text[]) AS models (model);
            INSERT INTO model_versions (model_id, version) SELECT model_id, 'v1' FROM models;
            INSERT INTO model_cells (
                bucket_start, task_id, model_version_id, slice_id, upload_id, chunk, totals, histogram)
            SELECT '2024-01-01T00:00:00Z', task_id, model_version_id, 0, 1, 0, '', ''
            FROM models
            JOIN model_versions USING (model_id)
            WHERE name = 'used';
            INSERT INTO model_roles (valid_from, recorded_at, model_id, role)
            SELECT '2024-03-01T00:00:00Z', '2024-03-01T00:00:00Z', model_id, 'champion'
            FROM models
            WHERE name = 'named';
            INSERT INTO slices (task_id, slice_key, slice_value) SELECT task_id, 'k', 'v' FROM tasks;
            INSERT INTO label_sources (task_id, name) SELECT task_id, 'manual' FROM tasks;
            """
        )
        try await Migrator().migrate(connection)
        let known = try await connection.query(
            """
            SELECT models.name
            FROM models
            JOIN model_versions USING (model_id)
            WHERE models.recorded_at = '2024-02-01T00:00:00Z'
                AND model_versions.recorded_at = models.recorded_at
            ORDER BY models.name COLLATE "C"
            """
        ).map { try $0.text("name") }
        #expect(known == ["named", "used"])
        let left = try await connection.query(
            "SELECT count(*) AS count FROM models WHERE recorded_at IS NULL"
        ).single()
        #expect(try left.int("count") == 1)
        let others = try await connection.query(
            """
            SELECT count(*) AS count
            FROM (
                SELECT recorded_at FROM slices UNION ALL SELECT recorded_at FROM label_sources
            ) AS names
            WHERE recorded_at = '2024-01-01T00:00:00Z'
            """
        ).single()
        #expect(try others.int("count") == 2)
        await connection.close()
    }
}
