import Migrations
import Postgres
import TestSupport
import Testing

@Suite(.emptyDatabase, .hangLimit)
struct UploadNumberMigrationTests {
    @Test func `uploads keep their numbers, and count on beyond 32 bits`() async throws {
        let connection = try await TemporaryDatabase.connect()
        try await Migrator(migrations: Array(Migration.all.prefix(9))).migrate(connection)
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
            INSERT INTO uploads (
                task_id, kind, digest, known_at, received, accepted, duplicate, conflict, corrected,
                withdrawn, orphan, joined, label_before_prediction, rejected)
            SELECT task_id, 'labels', '', created_at, 1, 0, 0, 0, 0, 0, 0, 0, 0, 1 FROM tasks;
            INSERT INTO rejects (line, upload_id, field, value, reason, row_text)
            SELECT 1, upload_id, 'label', '', '', '' FROM uploads;
            CREATE TABLE labels_p7 (LIKE labels INCLUDING DEFAULTS INCLUDING CONSTRAINTS);
            ALTER TABLE labels ATTACH PARTITION labels_p7 FOR VALUES IN (7);
            INSERT INTO labels (
                observed_at, known_at, value, label_source_id, upload_id, part, revision, key)
            SELECT created_at, created_at, 1, 0, 1, 7, 1, '00000000-0000-0000-0000-000000000001'
            FROM tasks;
            """
        )
        try await Migrator().migrate(connection)
        let kept = try await connection.query(
            """
            SELECT upload_id, token_names, field
            FROM uploads
            JOIN rejects USING (upload_id)
            JOIN labels USING (upload_id)
            """
        ).single()
        #expect(try kept.int64("upload_id") == 1)
        #expect(try kept.textArray("token_names") == [], "who it was is not known any more")
        try await connection.executeScript(
            "ALTER TABLE uploads ALTER COLUMN upload_id RESTART WITH 2147483648"
        )
        let next = try await connection.query(
            """
            INSERT INTO uploads (
                task_id, kind, digest, known_at, received, accepted, duplicate, conflict, corrected,
                withdrawn, orphan, joined, label_before_prediction, rejected)
            SELECT task_id, 'labels', 'x', created_at, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 FROM tasks
            RETURNING upload_id
            """
        ).single()
        #expect(try next.int64("upload_id") == 2_147_483_648)
        let narrow = try await connection.query(
            """
            SELECT table_name::text AS name
            FROM information_schema.columns
            WHERE column_name = 'upload_id' AND data_type <> 'bigint'
            """
        )
        #expect(try narrow.map { try $0.text("name") } == [])
        await connection.close()
    }
}
