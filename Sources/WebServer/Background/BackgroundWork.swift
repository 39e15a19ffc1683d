package import Evaluation
import Harness
import Logging
package import Postgres
import ServiceLifecycle
import Store

/// Something that is done now and then by one instance alone.
package protocol BackgroundWork: Sendable {
    var name: String { get }

    /// Does what there is to do at an instant.
    ///
    /// - Parameter now: By the database's clock.
    /// - Returns: What was done, in words; `nil` where there was nothing to do.
    /// - Throws: Where it could not be done; it is tried again later.
    func runOnce(now: Instant) async throws -> String?
}

/// Freezes the cohorts whose last label is due, with the pairs of the champion.
package struct Maturing: BackgroundWork {
    package let name = "maturing"
    package let pool: PostgresPool

    package init(pool: PostgresPool) {
        self.pool = pool
    }

    package func runOnce(now: Instant) async throws -> String? {
        var count = 0
        for task in try await FindTasks(pool: pool).all() {
            try Task.checkCancellation()
            // A new champion's pairs are built here, and not for the first who asks.
            try await KeepPairs(pool: pool, task: task).keepChampion(asOf: now)
            count += try await MatureCohorts(pool: pool, task: task).run(present: now)
        }
        return count > 0 ? "froze \(count) cohorts" : nil
    }
}

/// Adds the deltas of many uploads into one row a cell.
package struct Folding: BackgroundWork {
    package let name = "folding"
    package let pool: PostgresPool

    package init(pool: PostgresPool) {
        self.pool = pool
    }

    package func runOnce(now: Instant) async throws -> String? {
        var count = 0
        for task in try await FindTasks(pool: pool).all() {
            try Task.checkCancellation()
            if try await FoldCells(pool: pool, task: task).runIfWorthwhile() { count += 1 }
        }
        return count > 0 ? "folded the cells of \(count) tasks" : nil
    }
}

/// Lets go of rows that are older than the retention of their task, and removes what was let go of before.
package struct Pruning: BackgroundWork {
    package let name = "pruning"
    package let pool: PostgresPool

    package init(pool: PostgresPool) {
        self.pool = pool
    }

    package func runOnce(now: Instant) async throws -> String? {
        var released: Int64 = 0
        for task in try await FindTasks(pool: pool).all() where task.retentionSeconds != nil {
            try Task.checkCancellation()
            let operation = ReleaseRows(pool: pool, task: task, author: Author.service)
            released += try await operation.run(now: now).rows
        }
        let removed = try await RemoveRows(pool: pool).run(now: now)
        guard released + removed > 0 else { return nil }
        return "let go of \(released) rows, and removed \(removed)"
    }
}

/// Forgets answers that were kept for requests sent again, and logins that have come to their end.
package struct Forgetting: BackgroundWork {
    package let name = "forgetting"
    package let pool: PostgresPool

    package init(pool: PostgresPool) {
        self.pool = pool
    }

    package func runOnce(now: Instant) async throws -> String? {
        let answers = try await ForgetAnswers(pool: pool).run()
        let sessions = try await ForgetSessions(pool: pool).run()
        guard answers + sessions > 0 else { return nil }
        return "forgot \(answers) kept answers and \(sessions) sessions"
    }
}

/// Does the background work as long as no other instance does it.
struct BackgroundService: Service {
    let work: [any BackgroundWork]
    let pool: PostgresPool
    let interval: Duration
    let log: Logger

    func run() async throws {
        // In the middle of something there is nothing to lose: each piece is a transaction.
        try? await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                do {
                    try await lead()
                } catch {
                    guard !Task.isCancelled else { return }
                    log.warning(
                        "could not do the background work",
                        metadata: ["error": "\(String(reflecting: error))"]
                    )
                }
                try await Task.sleep(for: interval)
            }
        }
    }

    /// Works as the leader until the connection is lost; at once back where another one leads.
    ///
    /// The right to lead is on a connection of its own: the work takes its connections from the pool, where
    /// nobody holds one that waits for another.
    private func lead() async throws {
        let connection = try await PostgresConnection.connect(pool.configuration)
        do {
            try await lead(by: Leadership(connection))
        } catch {
            await connection.close()
            throw error
        }
        await connection.close()
    }

    private func lead(by leadership: Leadership) async throws {
        guard try await leadership.take() else { return }
        while !Task.isCancelled {
            let now = try await leadership.connection.now()
            for piece in work { try await run(piece, now) }
            try await Task.sleep(for: interval)
        }
    }

    private func run(_ piece: any BackgroundWork, _ now: Instant) async throws {
        do {
            guard let done = try await piece.runOnce(now: now) else { return }
            log.info("\(done)", metadata: ["work": "\(piece.name)"])
        } catch let error as CancellationError {
            throw error
        } catch {
            // One task that cannot be dealt with does not stop the work for the others.
            log.warning(
                "failed",
                metadata: ["work": "\(piece.name)", "error": "\(String(reflecting: error))"]
            )
        }
    }
}
