import Harness
import Migrations
import Postgres

/// The tables of a database, and whether they are those of this version.
struct Schema: Sendable {
    let pool: PostgresPool

    init(pool: PostgresPool) {
        self.pool = pool
    }

    /// Brings the tables up to date, and what they hold.
    ///
    /// - Returns: The names of the migrations that were applied.
    @discardableResult
    func migrate() async throws -> [String] {
        let applied = try await pool.withConnection { connection in
            try await Migrator().migrate(connection).map {
                let digits = String($0.version)
                return String(repeating: "0", count: max(0, 4 - digits.count)) + digits + "_"
                    + $0.name
            }
        }
        try await RenewCells(pool: pool).run()
        return applied
    }

    /// - Throws: `CommandError.schemaMissing` where migrations are missing; `MigrationError` where the
    ///   database does not go with this version.
    func check() async throws {
        let pending = try await pool.withConnection { try await Migrator().pending($0) }
        guard pending.isEmpty else { throw CommandError.schemaMissing }
    }
}
