import Evaluation
package import Postgres

/// Creates partitions, ahead of the rows and in transactions of their own.
package struct PartitionStore: Sendable {
    package let connection: PostgresConnection

    package init(_ connection: PostgresConnection) {
        self.connection = connection
    }

    /// The partitions that exist of both partitioned tables.
    package func existing() async throws -> Set<Partition> {
        let rows = try await connection.query(
            """
            SELECT relname
            FROM pg_class
            WHERE relname ~ '^labels_[pn][0-9]+$' AND relkind = 'r'
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
                for table in ["predictions", "labels"] {
                    try await connection.executeScript(
                        """
                        CREATE TABLE \(table)_\(partition.tableSuffix)
                            (LIKE \(table) INCLUDING DEFAULTS INCLUDING CONSTRAINTS)
                            WITH (autovacuum_vacuum_insert_scale_factor = 0.1);
                        ALTER TABLE \(table)_\(partition.tableSuffix)
                            ADD CONSTRAINT \(table)_\(partition.tableSuffix)_pk
                            PRIMARY KEY (\(table == "labels" ? "key, part, revision" : "key, model_set_id, part, copy"));
                        ALTER TABLE \(table)
                            ATTACH PARTITION \(table)_\(partition.tableSuffix)
                            FOR VALUES IN (\(partition.number));
                        """
                    )
                }
            }
        }
    }

    /// "gnomon partitions", as a number that no other lock uses.
    private static let creationLock: Int64 = 0x676E_6F6D_6F6E_7001
}
