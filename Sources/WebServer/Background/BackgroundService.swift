import Harness
import Logging
import Postgres
import ServiceLifecycle

/// Background work for as long as the service runs, with what comes of it in the log.
struct BackgroundService: Service {
    let pool: PostgresPool
    /// How long what is urgent rests between two rounds.
    let pace: Duration
    let log: Logger

    func run() async throws {
        let runner = BackgroundRunner(
            [
                Folding(pool: pool, pace: pace), Maturing(pool: pool, pace: pace),
                Pruning(pool: pool, pace: pace), Forgetting(pool: pool, pace: pace),
            ],
            pool: pool,
            observe: tell
        )
        try? await cancelWhenGracefulShutdown { try await runner.run() }
    }

    private func tell(_ event: BackgroundRunner.Event) {
        switch event {
        case .done(let work, let report):
            if !report.counts.isEmpty {
                let counts = report.counts.map { ($0.key, Logger.MetadataValue("\($0.value)")) }
                log.info(
                    "did background work",
                    metadata: Logger.Metadata(uniqueKeysWithValues: counts + [("work", "\(work)")])
                )
            }
            for failure in report.failures { warn(work, failure.error, task: "\(failure.task)") }
        case .failed(let work, let error): warn(work, error)
        case .notLeading(let error):
            log.warning(
                "could not find out who does the background work",
                metadata: ["error": "\(String(reflecting: error))"]
            )
        }
    }

    private func warn(_ work: String, _ error: any Error, task: String? = nil) {
        var metadata: Logger.Metadata = [
            "work": "\(work)", "error": "\(String(reflecting: error))",
        ]
        if let task { metadata["task"] = "\(task)" }
        log.warning("background work failed", metadata: metadata)
    }
}
