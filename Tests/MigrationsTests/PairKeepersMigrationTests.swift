import Migrations
import Postgres
import TestSupport
import Testing

@Suite(.emptyDatabase, .hangLimit)
struct PairKeepersMigrationTests {
    /// The migrations before the one that is tested.
    private static let before = Migration.all.prefix { $0.name != "keep_pairs_of_champions" }

    private func database() async throws -> PostgresConnection {
        let connection = try await TemporaryDatabase.connect()
        try await Migrator(migrations: Array(Self.before)).migrate(connection)
        try await connection.executeScript(
            """
            INSERT INTO tasks (
                horizon_seconds, threshold, tolerance_value, created_at, settings_version,
                positive_class, partition_days, name, kind, label_policy, time_zone, bucket_size,
                evidence_unit, baseline_kind, tolerance_kind, classes, slice_keys, label_sources)
            SELECT 60, 0.5, 0.1, '2024-01-01T00:00:00Z', 2, 1, 28, name, 'binary', 'pending', 'UTC',
                'day', 'day', 'first', 'relative', '{"0","1"}', '{}', '{}'
            FROM unnest('{"roles","named","first"}'::text[]) AS name;
            INSERT INTO models (task_id, name, recorded_at)
            SELECT task_id, model, '2024-01-02T00:00:00Z'::timestamptz + number * interval '1 hour'
            FROM tasks
            CROSS JOIN LATERAL unnest(CASE name
                WHEN 'roles' THEN '{"a","b","c","d"}'::text[]
                WHEN 'named' THEN '{"a","champion","c"}'
                ELSE '{"b","a","c"}' END) WITH ORDINALITY AS m (model, number);
            INSERT INTO model_versions (model_id, version) SELECT model_id, 'v' FROM models;
            INSERT INTO model_roles (valid_from, recorded_at, model_id, role)
            SELECT '2024-01-03T00:00:00Z', '2024-01-03T00:00:00Z', model_id, role
            FROM models
            JOIN tasks USING (task_id)
            JOIN (VALUES ('b', 'champion'), ('c', 'champion'), ('c', 'champion'), ('d', 'shadow'))
                AS r (model, role) ON models.name = r.model
            WHERE tasks.name = 'roles';
            INSERT INTO task_settings (recorded_at, task_id, settings_version, settings)
            SELECT recorded_at, task_id, version, '{}'
            FROM tasks
            CROSS JOIN (VALUES ('2024-01-01T00:00:00Z'::timestamptz, 1),
                ('2024-03-01T00:00:00Z', 2)) AS s (recorded_at, version);
            INSERT INTO cohorts (task_id, bucket_start, age_seconds, matured_at, frozen_at)
            SELECT task_id, start, 60, start, start + interval '1 day'
            FROM tasks
            CROSS JOIN unnest('{2024-02-01T00:00:00Z,2024-04-01T00:00:00Z}'::timestamptz[]) AS start;
            -- Labelled with a loss of 0; without a label.
            INSERT INTO cohort_cells (
                task_id, bucket_start, age_seconds, model_version_id, totals, losses, scores, entities)
            SELECT task_id, bucket_start, 60, model_version_id,
                CASE WHEN bucket_start < '2024-03-01T00:00:00Z' AND models.name = 'a'
                    THEN '\\x01040200'::bytea || '\\x00' ELSE '\\x0104000000' END, '', '', ''
            FROM cohorts
            JOIN models USING (task_id)
            JOIN model_versions USING (model_id);
            INSERT INTO pair_cells (
                bucket_start, task_id, first_version_id, second_version_id, slice_id, upload_id, chunk,
                totals)
            SELECT '2024-02-01T00:00:00Z', m.task_id, v.model_version_id, w.model_version_id, 0, 1, 0, ''
            FROM models AS m
            JOIN models AS n ON n.task_id = m.task_id AND n.model_id > m.model_id
            JOIN model_versions AS v ON v.model_id = m.model_id
            JOIN model_versions AS w ON w.model_id = n.model_id;
            INSERT INTO cohort_pair_cells (
                task_id, bucket_start, age_seconds, slice_id, first_version_id, second_version_id,
                totals, evidence, entities)
            SELECT task_id, bucket_start, 60, 0, first_version_id, second_version_id, '', '', ''
            FROM pair_cells;
            """
        )
        return connection
    }

    @Test func `a database from before keeps the pairs of its champions`() async throws {
        let connection = try await database()
        try await Migrator().migrate(connection)
        let keepers = try await connection.query(
            """
            SELECT tasks.name || ' ' || models.name AS keeper
            FROM pair_keepers
            JOIN models USING (task_id, model_id)
            JOIN tasks USING (task_id)
            WHERE rows_from IS NULL
            ORDER BY keeper
            """
        ).map { try $0.text(0) }
        #expect(keepers == ["first b", "named champion", "roles b", "roles c"])
        for table in ["pair_cells", "cohort_pair_cells"] {
            let pairs = try await connection.query(
                """
                SELECT tasks.name || ' ' || least(m.name, n.name) || ' ' || greatest(m.name, n.name)
                    AS pair
                FROM \(identifier: table) AS cell
                JOIN tasks USING (task_id)
                JOIN model_versions AS v ON v.model_version_id = first_version_id
                JOIN model_versions AS w ON w.model_version_id = second_version_id
                JOIN models AS m ON m.model_id = v.model_id
                JOIN models AS n ON n.model_id = w.model_id
                ORDER BY pair
                """
            ).map { try $0.text(0) }
            #expect(
                pairs == [
                    "first a b", "first b c", "named a champion", "named c champion", "roles a b",
                    "roles a c", "roles b c", "roles b d", "roles c d",
                ]
            )
        }
        await connection.close()
    }

    @Test func `a frozen cohort says by which settings, and whether it has labels`() async throws {
        let connection = try await database()
        try await Migrator().migrate(connection)
        let cohorts = try await connection.query(
            """
            SELECT DISTINCT bucket_start, settings_version, has_labels
            FROM cohorts
            ORDER BY bucket_start
            """
        )
        #expect(try cohorts.map { try $0.int("settings_version") } == [1, 2])
        #expect(try cohorts.map { try $0.bool("has_labels") } == [true, false])
        await connection.close()
    }
}
