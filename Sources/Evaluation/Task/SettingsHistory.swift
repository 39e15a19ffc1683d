/// The settings of a task and those that it had, as they were known at an instant.
package struct SettingsHistory: Sendable {
    /// With the settings that are in force.
    package var task: PredictionTask
    /// Oldest first; none where the task did not exist yet.
    package var versions: [Version]
    package var asOf: Instant
    /// Set where the task did not exist yet.
    package var replay: Replay?

    package init(
        task: PredictionTask,
        versions: [Version],
        asOf: Instant,
        replay: Replay? = nil
    ) {
        self.task = task
        self.versions = versions
        self.asOf = asOf
        self.replay = replay
    }

    package struct Version: Sendable {
        package var recordedAt: Instant
        package var task: PredictionTask

        package init(recordedAt: Instant, task: PredictionTask) {
            self.recordedAt = recordedAt
            self.task = task
        }
    }

    /// Each version with the one that it replaced, the newest first.
    package var changes: [(before: PredictionTask, after: Version)] {
        zip(versions, versions.dropFirst()).map { (before: $0.task, after: $1) }.reversed()
    }
}
