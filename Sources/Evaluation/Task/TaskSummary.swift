/// What is to be known of a task at a glance.
package struct TaskSummary: Sendable {
    package var task: PredictionTask
    package var champion: Name?
    package var models: [Name]
    /// The task's main metric.
    package var metric: String
    /// The champion's last weeks with predictions, with the main metric alone.
    package var weeks: [WindowReport]
    /// The newest recommendation that was kept; a replay only where the task holds only history.
    package var recommendation: GivenVerdict?
    /// Whether the task is looked back on, so that its newest verdict is no call to act.
    package var holdsOnlyHistory = false
    /// Whether the task did not exist at the instant.
    package var isReplay = false

    package init(task: PredictionTask, models: [Name] = [], champion: Name? = nil) {
        self.task = task
        self.models = models
        self.champion = champion
        metric = task.mainMetric
        weeks = []
    }

    /// How many weeks are looked at.
    package static let weeksShown = 26

    /// The share of the champion's predictions of these weeks whose label is known.
    package var coverage: Double? {
        let predictions = weeks.reduce(0) { $0 + $1.predictions }
        guard predictions > 0 else { return nil }
        return Double(weeks.reduce(0) { $0 + $1.labelled }) / Double(predictions)
    }
}
