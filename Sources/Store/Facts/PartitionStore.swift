package import Evaluation
package import Postgres

/// Creates partitions, ahead of the rows and in transactions of their own.
package struct PartitionStore: Sendable {
    package let connection: PostgresConnection

    package init(_ connection: PostgresConnection) {
        self.connection = connection
    }

    /// The partitions that exist of both partitioned tables: of the tables that this connection's statements
    /// mean, whatever else is in other schemas of the database.
    package func existing() async throws -> Set<Partition> {
        let rows = try await connection.query(
            """
            SELECT pg_class.relname
            FROM pg_inherits
            JOIN pg_class ON pg_class.oid = pg_inherits.inhrelid
            WHERE pg_inherits.inhparent = 'labels'::regclass
            """
        )
        return Set(
            try rows.compactMap { row in
                let suffix = try row.text(0).dropFirst("labels_".count)
                guard let number = Int32(suffix.dropFirst()) else { return nil }
                return Partition(number: suffix.first == "n" ? -number : number)
            }
        )
    }

    /// The schema of the partitioned tables, in which their partitions belong.
    private func schema() async throws -> String {
        try await connection.query(
            """
            SELECT pg_namespace.nspname
            FROM pg_class
            JOIN pg_namespace ON pg_namespace.oid = pg_class.relnamespace
            WHERE pg_class.oid = 'labels'::regclass
            """
        ).single().text("nspname")
    }

    /// Makes the partitions that are missing.
    ///
    /// LIKE and ATTACH, because CREATE TABLE … PARTITION OF would wait for every open upload.
    package func ensure(_ partitions: some Sequence<Partition>) async throws {
        let known = try await existing()
        for partition in Set(partitions).subtracting(known).sorted() {
            try await connection.withTransaction { connection in
                // One creator at a time; the lock ends with the transaction.
                _ = try await connection.query(
                    "SELECT pg_advisory_xact_lock(\(Self.creationLock))"
                )
                guard try await !PartitionStore(connection).existing().contains(partition) else {
                    return
                }
                // The write-ahead log is in order: the commit of the rows makes this one durable too.
                _ = try await connection.execute("SET LOCAL synchronous_commit = off")
                let schema = try await PartitionStore(connection).schema()
                for table in ["predictions", "labels"] {
                    try await PartitionStore(connection).create(table, partition, in: schema)
                }
            }
        }
    }

    private func create(_ table: String, _ partition: Partition, in schema: String) async throws {
        let name = "\(table)_\(partition.tableSuffix)"
        let place: SQL = "\(identifier: schema).\(identifier: name)"
        let key: SQL =
            table == "labels" ? "key, part, revision" : "key, model_set_id, part, copy"
        _ = try await connection.execute(
            """
            CREATE TABLE \(place)
                (LIKE \(identifier: table) INCLUDING DEFAULTS INCLUDING CONSTRAINTS)
                WITH (autovacuum_vacuum_insert_scale_factor = 0.1)
            """
        )
        _ = try await connection.execute(
            """
            ALTER TABLE \(place)
            ADD CONSTRAINT \(identifier: name + "_pk") PRIMARY KEY (\(key))
            """
        )
        _ = try await connection.execute(
            """
            ALTER TABLE \(identifier: table)
            ATTACH PARTITION \(place) FOR VALUES IN (\(constant: partition.number))
            """
        )
    }

    // MARK: - Removing what was released

    /// The partitions with rows that their tasks have released by an instant, the oldest first.
    package func removable(releasedBy instant: Instant) async throws -> [Partition] {
        try await connection.query(
            """
            SELECT DISTINCT part
            FROM task_parts
            WHERE released_at <= \(instant) AND removed_at IS NULL
            ORDER BY part
            """
        ).map { Partition(number: try $0.int32(0)) }
    }

    /// Removes released rows: the whole content of the partition where every task has released it, and else
    /// the rows of those that have.
    ///
    /// The table stays, empty. To drop it takes a lock on all of `predictions`, for which every open upload
    /// would have to end, and which every new one would wait behind.
    ///
    /// - Parameters:
    ///   - partition: Whose released rows are removed.
    ///   - instant: Rows that were released later stay; a snapshot may be in use that takes them for kept.
    ///   - now: When they are removed.
    /// - Returns: How many rows of predictions were removed.
    /// - Throws: `PostgresError` with `SQLState.lockNotAvailable` where somebody is still reading.
    package func remove(
        _ partition: Partition,
        releasedBy instant: Instant,
        at now: Instant
    ) async throws -> Int64 {
        try await connection.withTransaction { connection in
            let store = PartitionStore(connection)
            let schema = try await store.schema()
            var readers = try await store.readers(of: partition, releasedBy: instant)
            if readers == 0 {
                _ = try await connection.execute("SET LOCAL lock_timeout = '2s'")
                for table in partition.tables {
                    _ = try await connection.execute(
                        """
                        LOCK TABLE \(identifier: schema).\(identifier: table)
                        IN ACCESS EXCLUSIVE MODE
                        """
                    )
                }
                // Another task may have written to it until the lock was there.
                readers = try await store.readers(of: partition, releasedBy: instant)
            }
            if readers == 0 {
                for table in partition.tables {
                    _ = try await connection.execute(
                        "TRUNCATE \(identifier: schema).\(identifier: table)"
                    )
                }
            } else {
                try await store.deleteRows(of: partition, releasedBy: instant)
            }
            return try await store.noteRemoved(partition, releasedBy: instant, at: now)
        }
    }

    /// How many tasks may read the partition.
    private func readers(of partition: Partition, releasedBy instant: Instant) async throws -> Int {
        try await connection.query(
            """
            SELECT count(*) AS reader_count
            FROM task_parts
            WHERE part = \(partition.number) AND (released_at IS NULL OR released_at > \(instant))
            """
        ).single().int("reader_count")
    }

    private func deleteRows(of partition: Partition, releasedBy instant: Instant) async throws {
        for row in try await connection.query(
            """
            SELECT task_id
            FROM task_parts
            WHERE part = \(partition.number) AND released_at <= \(instant) AND removed_at IS NULL
            ORDER BY task_id
            """
        ) {
            try await deleteRows(of: partition, taskID: try row.int32("task_id"))
        }
    }

    /// Deletes the rows of one task.
    ///
    /// - Returns: How many there were.
    /// - Throws: `PostgresError`.
    @discardableResult
    func deleteRows(
        of partition: Partition,
        taskID: Int32
    ) async throws -> (predictions: Int, labels: Int) {
        let predictions = try await connection.execute(
            """
            DELETE FROM predictions
            WHERE part = \(constant: partition.number)
                AND model_set_id IN (
                    SELECT model_set_id FROM model_sets WHERE task_id = \(taskID))
            """
        )
        let labels = try await connection.execute(
            """
            DELETE FROM labels
            WHERE part = \(constant: partition.number)
                AND label_source_id IN (
                    SELECT label_source_id FROM label_sources WHERE task_id = \(taskID))
            """
        )
        return (predictions, labels)
    }

    private func noteRemoved(
        _ partition: Partition,
        releasedBy instant: Instant,
        at now: Instant
    ) async throws -> Int64 {
        try await connection.query(
            """
            WITH removed AS (
                UPDATE task_parts
                SET removed_at = \(now)
                WHERE part = \(partition.number) AND released_at <= \(instant) AND removed_at IS NULL
                RETURNING prediction_rows)
            SELECT coalesce(sum(prediction_rows), 0)::bigint AS row_count
            FROM removed
            """
        ).single().int64("row_count")
    }

    /// "gnomon partitions", as a number that no other lock uses.
    private static let creationLock: Int64 = 0x676E_6F6D_6F6E_7001
}
