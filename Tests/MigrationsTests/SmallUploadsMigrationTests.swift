import Migrations
import Postgres
import TestSupport
import Testing

@Suite(.emptyDatabase, .hangLimit)
struct SmallUploadsMigrationTests {
    /// Two hours of groups by two tokens, an upload of a file among them, and what names them.
    private static let before = """
        INSERT INTO tasks (
            horizon_seconds, threshold, tolerance_value, created_at, settings_version,
            positive_class, partition_days, baseline_version, name, kind, label_policy, time_zone,
            bucket_size, evidence_unit, baseline_kind, tolerance_kind, classes, slice_keys,
            label_sources)
        VALUES (
            60, 0.5, 0.1, '2024-01-01T00:00:00Z', 1, 1, 28, 0, 'old', 'binary', 'pending', 'UTC',
            'day', 'day', 'first', 'relative', '{"0","1"}', '{}', '{}');
        INSERT INTO uploads (
            task_id, kind, digest, known_at, token_names, received, accepted, duplicate, conflict,
            corrected, withdrawn, orphan, joined, label_before_prediction, rejected)
        SELECT task_id, CASE WHEN n % 2 = 0 THEN 'labels' ELSE 'predictions' END,
            CASE WHEN n = 7 THEN sha256('file') || convert_to('backfill=false settings=1', 'UTF8')
                ELSE sha256(int4send(n)) || substr(sha256(int4send(-n)), 1, 16) END,
            created_at + n * interval '6 minutes',
            CASE WHEN n % 3 = 0 THEN ARRAY['one'] ELSE '{}' END,
            n, n, 2 * n, 3 * n, 4 * n, 5 * n, 6 * n, 7 * n, 8 * n, 9 * n
        FROM tasks, generate_series(1, 18) AS n;
        INSERT INTO rejects (line, upload_id, field, value, reason, row_text)
        SELECT 1, upload_id, 'label', '', '', upload_id::text FROM uploads;
        CREATE TABLE labels_p7 (LIKE labels INCLUDING DEFAULTS INCLUDING CONSTRAINTS);
        ALTER TABLE labels ATTACH PARTITION labels_p7 FOR VALUES IN (7);
        CREATE TABLE predictions_p7 (LIKE predictions INCLUDING DEFAULTS INCLUDING CONSTRAINTS);
        ALTER TABLE predictions ATTACH PARTITION predictions_p7 FOR VALUES IN (7);
        INSERT INTO labels (
            observed_at, known_at, value, label_source_id, upload_id, part, revision, key)
        SELECT known_at, known_at, 1, 0, upload_id, 7, 1, md5(upload_id::text)::uuid
        FROM uploads WHERE kind = 'labels';
        INSERT INTO orphan_labels (
            observed_at, known_at, value, label_source_id, upload_id, task_id, revision, key,
            prediction_id)
        SELECT known_at, known_at, 1, 0, upload_id, task_id, 1, md5(upload_id::text)::uuid, ''
        FROM uploads WHERE kind = 'labels';
        INSERT INTO predictions (
            known_at, predicted_at, model_set_id, slice_set_id, upload_id, part, copy, key, scores,
            prediction_id, details)
        SELECT known_at, known_at, 1, 1, upload_id, 7, 0, md5(upload_id::text)::uuid, '{0.5}', '', ''
        FROM uploads WHERE kind = 'predictions';
        CREATE TABLE before AS SELECT * FROM uploads;
        """

    @Test func `groups of an hour become one upload, and nothing else changes`() async throws {
        let connection = try await TemporaryDatabase.connect()
        try await Migrator(migrations: Array(Migration.all.prefix(13))).migrate(connection)
        try await connection.executeScript(Self.before)
        try await Migrator().migrate(connection)

        let earlier = try await Self.sums(connection, of: "before", newest: "known_at")
        let later = try await Self.sums(
            connection,
            of: "uploads",
            newest: "coalesce(last_known_at, known_at)"
        )
        #expect(earlier == later && earlier.count == 2)

        // Hour 0 has numbers 1 to 9, hour 1 the rest; each with two kinds, by a token or by none; and the file.
        let rows = try await connection.query(
            "SELECT count(*) AS n, count(hour_start) AS hours FROM uploads"
        ).single()
        #expect(try rows.int("n") == 9 && rows.int("hours") == 8)

        // Whatever a fact or a reject names is of its kind and token, and of its time.
        for (table, time) in [
            ("labels", "f.known_at"), ("orphan_labels", "f.known_at"),
            ("predictions", "f.known_at"),
            ("rejects", "b.known_at"),
        ] {
            let id =
                table == "rejects"
                ? "b.upload_id::text = f.row_text" : "md5(b.upload_id::text)::uuid = f.key"
            let strays = try await connection.query(
                SQL(
                    unsafe: """
                        SELECT count(*) AS n
                        FROM \(table) AS f
                        JOIN before AS b ON \(id)
                        LEFT JOIN uploads AS u ON u.upload_id = f.upload_id
                            AND u.kind = b.kind AND u.token_names = b.token_names
                            AND \(time) BETWEEN u.known_at AND coalesce(u.last_known_at, u.known_at)
                        WHERE u.upload_id IS NULL
                        """
                )
            ).single()
            #expect(try strays.int("n") == 0, "\(table)")
        }
        await connection.close()
    }

    /// What all uploads of a kind come to, by kind.
    private static func sums(
        _ connection: PostgresConnection,
        of table: String,
        newest: String
    ) async throws -> [String] {
        try await connection.query(
            SQL(
                unsafe: """
                    SELECT concat_ws(' ', kind, sum(received), sum(accepted), sum(duplicate),
                        sum(conflict), sum(corrected), sum(withdrawn), sum(orphan), sum(joined),
                        sum(label_before_prediction), sum(rejected), max(\(newest))) AS sums
                    FROM \(table) GROUP BY kind ORDER BY kind
                    """
            )
        ).map { try $0.text("sums") }
    }
}
