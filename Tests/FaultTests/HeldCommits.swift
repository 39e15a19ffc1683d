import Postgres

/// Keeps the uploads of a database from ending: each does all of its work, and waits in its COMMIT.
struct HeldCommits: Sendable {
    private let connection: PostgresConnection

    init(in database: FaultDatabase) async throws {
        connection = try await database.connect()
        try await connection.executeScript(
            """
            CREATE FUNCTION hold_commit() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                PERFORM pg_advisory_xact_lock(1);
                RETURN NULL;
            END $$;
            CREATE CONSTRAINT TRIGGER hold_commit
            AFTER UPDATE ON uploads DEFERRABLE INITIALLY DEFERRED
            FOR EACH ROW EXECUTE FUNCTION hold_commit();
            SELECT pg_advisory_lock(1);
            """
        )
    }

    /// How many uploads wait, for this or for the gate behind one that does.
    var waiting: Int {
        get async throws { try await connection.uploadsThatWait() }
    }

    /// Lets them go on.
    func end() async {
        await connection.close()
    }
}

/// Keeps the uploads of a task from beginning: each waits in its transaction for the task's gate.
struct ClosedGate: Sendable {
    private let connection: PostgresConnection

    init(in database: FaultDatabase) async throws {
        connection = try await database.connect()
        try await connection.executeScript("BEGIN; SELECT task_id FROM task_gates FOR UPDATE;")
    }

    var waiting: Int {
        get async throws { try await connection.uploadsThatWait() }
    }

    func end() async {
        await connection.close()
    }
}

extension PostgresConnection {
    nonisolated fileprivate func uploadsThatWait() async throws -> Int {
        // In a transaction the server would show the same picture again.
        _ = try await query("SELECT pg_stat_clear_snapshot()")
        return try await query(
            """
            SELECT count(*)::integer
            FROM pg_stat_activity
            WHERE datname = current_database() AND application_name = 'gnomon'
                AND wait_event_type = 'Lock'
            """
        ).single().int(0)
    }
}
