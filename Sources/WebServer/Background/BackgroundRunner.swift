import Evaluation
import Harness
import Postgres
import Store

/// Does background work as long as no other instance does it.
struct BackgroundRunner: Sendable {
    /// What came of a round, for whoever wants to know.
    enum Event: Sendable {
        case done(work: String, WorkReport)
        case failed(work: String, any Error)
        /// It is not known whether this instance may work.
        case notLeading(any Error)
    }

    private let work: [any BackgroundWork]
    private let pool: PostgresPool
    private let observe: @Sendable (Event) -> Void

    init(
        _ work: [any BackgroundWork],
        pool: PostgresPool,
        observe: @escaping @Sendable (Event) -> Void
    ) {
        self.work = work
        self.pool = pool
        self.observe = observe
    }

    /// Works until the task is cancelled.
    ///
    /// In the middle of something there is nothing to lose: each piece is a transaction.
    func run() async throws {
        guard let pause = work.map(\.interval).min() else { return }
        while !Task.isCancelled {
            do {
                try await lead()
            } catch {
                try Task.checkCancellation()
                observe(.notLeading(error))
            }
            try await Task.sleep(for: pause)
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
        var due = work.map { _ in ContinuousClock.now }
        while !Task.isCancelled {
            let now = try await leadership.connection.now()
            for (index, piece) in work.enumerated() where due[index] <= .now {
                try await run(piece, now)
                due[index] = .now.advanced(by: piece.interval)
            }
            try await Task.sleep(until: due.min() ?? .now)
        }
    }

    private func run(_ piece: some BackgroundWork, _ now: Instant) async throws {
        let name = type(of: piece).name
        do {
            observe(.done(work: name, try await piece.runOnce(now: now)))
        } catch {
            try Task.checkCancellation()
            observe(.failed(work: name, error))
        }
    }
}
