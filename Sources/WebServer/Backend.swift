package import Evaluation
import Harness
package import Postgres
import Synchronization

/// What the routes work with.
package struct Backend: Sendable {
    /// For questions, so that uploads that wait for a gate never keep them waiting.
    package let readers: PostgresPool
    /// For decisions, which freeze cohorts that are due and so wait for uploads.
    package let deciders: PostgresPool
    /// For uploads and changes.
    package let writers: PostgresPool
    package let limits: ServerLimits
    let tasks: TaskCache
    let authenticator: Authenticator
    let smallWrites: SmallWrites
    let idempotentAnswers: IdempotentAnswers
    let uploads: Turnstile
    let questions: Turnstile
    let decisions: Turnstile

    package init(_ configuration: PostgresConfiguration, settings: ServerSettings) {
        limits = settings.limits
        var asking = configuration
        asking.statementTimeout = configuration.statementTimeout ?? limits.questionTime
        readers = PostgresPool(asking, maximumConnections: limits.questions + 4)
        deciders = PostgresPool(asking, maximumConnections: limits.decisions + 2)
        // An upload holds one connection and borrows another for the names that it meets.
        writers = PostgresPool(configuration, maximumConnections: 2 * limits.uploads + 8)
        tasks = TaskCache(pool: readers)
        authenticator = Authenticator(pool: readers, isOpen: settings.isOpen, limits: limits)
        smallWrites = SmallWrites(pool: writers, limits: limits)
        idempotentAnswers = IdempotentAnswers(pool: writers)
        uploads = Turnstile(limit: limits.uploads, waiting: limits.waitingUploads)
        questions = Turnstile(limit: limits.questions, waiting: limits.waitingQuestions)
        decisions = Turnstile(limit: limits.decisions, waiting: limits.waitingQuestions)
    }

    /// The task that the path names, as it is in the database at this moment.
    package func task(_ call: Call) async throws -> PredictionTask {
        try await FindTasks(pool: readers).task(named: call.name("task"))
    }

    /// The task of the path is another one now, or gone.
    func forgetTask(of call: Call) {
        if let name = try? call.name("task") { tasks.forget(name) }
    }

    func close() async {
        await readers.close()
        await deciders.close()
        await writers.close()
    }
}

/// Tasks as they were not longer than a moment ago.
///
/// An upload compares its task with the stored one before it writes, so an old one does no harm.
final class TaskCache: Sendable {
    private let pool: PostgresPool
    private let known = Mutex<[Name: Known]>([:])

    private struct Known {
        var task: PredictionTask
        var readAt: ContinuousClock.Instant
    }

    private static let trust: Duration = .seconds(1)
    private static let limit = 10_000

    init(pool: PostgresPool) {
        self.pool = pool
    }

    func task(named name: Name) async throws -> PredictionTask {
        let now = ContinuousClock.now
        if let known = known.withLock({ $0[name] }), now - known.readAt < Self.trust {
            return known.task
        }
        let task = try await FindTasks(pool: pool).task(named: name)
        known.withLock { known in
            if known.count >= Self.limit { known.removeAll() }
            known[name] = Known(task: task, readAt: now)
        }
        return task
    }

    func forget(_ name: Name) { known.withLock { $0[name] = nil } }
}
