package import Evaluation
package import Postgres
import Store

/// Removes rows that tasks have let go of, and gives their space back.
package struct RemoveRows: Sendable {
    package let pool: PostgresPool

    /// How long released rows stay, in seconds: a question that was asked before their release may still be
    /// reading them.
    package static let delaySeconds: Int64 = 3_600

    package init(pool: PostgresPool) {
        self.pool = pool
    }

    /// - Parameter now: Rows that were released less than `delaySeconds` before stay.
    /// - Returns: How many rows of predictions were removed.
    /// - Throws: `PostgresError`.
    package func run(now: Instant) async throws -> Int64 {
        let limit = now.advanced(bySeconds: -Self.delaySeconds)
        let partitions = try await pool.withConnection {
            try await PartitionStore($0).removable(releasedBy: limit)
        }
        var count: Int64 = 0
        for partition in partitions {
            try Task.checkCancellation()
            do {
                count += try await pool.withConnection {
                    try await PartitionStore($0).remove(partition, releasedBy: limit, at: now)
                }
            } catch let error as PostgresError where error.sqlState == .lockNotAvailable {
                // Somebody reads it; there is no hurry.
                continue
            }
        }
        return count
    }
}
