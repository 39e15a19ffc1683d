package import Evaluation
import Statistics

/// One run of a world, the way of the product: histories, frozen cohorts, weeks, fits, and what is said of them.
package struct RetrainingRun: Sendable {
    private static let buckets = TimeBuckets(.utc, size: .day)
    private static let names: TaskDictionary = {
        var names = TaskDictionary()
        names.versions[1] = .init(model: 1, modelName: "champion", version: "1")
        return names
    }()

    /// Of the last day.
    package let retrained: RetrainingValue.Virtual?
    package let recalibrated: RetrainingValue.Virtual?
    /// Of the last day, where an alarm stands.
    package let verdict: RecommendationVerdict
    /// The first day, counted from the start of the stream, on which training anew surely pays.
    package let firstDay: Int?

    package init(_ world: RetrainingWorld, seed: UInt64) {
        let task = PredictionTask(
            id: 1,
            name: "retraining",
            kind: .binary,
            horizonSeconds: Int64(world.horizonDays) * 86_400
        )
        let histories = world.rows(seed: seed).enumerated().map { day, rows in
            rows.enumerated().map { number, row in
                Self.history(row, at: Int64(day) * 86_400 + Int64(number))
            }
        }
        let cohorts = Self.cohorts(histories, of: task)
        let present = Instant(seconds: Int64(world.days + world.horizonDays) * 86_400)
        let days = EvidenceDay.days(
            cohorts,
            age: task.horizonSeconds,
            versions: [1],
            task: task,
            buckets: Self.buckets
        )
        let shadow = RetrainedShadow(
            Self.weeks(histories, days, of: task, present: present),
            task: task,
            buckets: Self.buckets,
            errorShare: 1
        )
        var watch = RetrainingMonitor.Inputs(task: task)
        watch.days = [(age: task.horizonSeconds, days: days)]
        var inputs = RecommendationBuilder.Inputs(monitor: watch, model: "champion")
        inputs.retrained = shadow
        var builder = RecommendationBuilder(inputs)
        let said = builder.recommendation(asOf: present)
        retrained = said.retraining.retrained
        recalibrated = said.retraining.recalibrated
        verdict = said.verdict
        firstDay = Self.firstDay(shadow, retrained)
    }

    private static func history(_ row: RetrainingWorld.Row, at second: Int64) -> PredictionHistory {
        var history = PredictionHistory(scoresPerPrediction: 1)
        history.requestNumber = UInt64(second)
        let instant = Instant(seconds: second)
        history.restore(version: 1, score: row.score, at: instant, details: row.features)
        history.restore(label: row.isPositive ? 1 : 0, at: instant)
        return history
    }

    private static func cohorts(
        _ histories: [[PredictionHistory]],
        of task: PredictionTask
    ) -> [FrozenCohort] {
        var builder = CohortBuilder(
            task: task,
            dictionary: names,
            buckets: buckets,
            wanted: Set(
                histories.indices.map {
                    CohortKey(bucket: Int32($0), age: task.horizonSeconds)
                }
            ),
            pairKeepers: []
        )
        for history in histories.joined() { builder.add(history) }
        return builder.built
    }

    private static func weeks(
        _ histories: [[PredictionHistory]],
        _ days: [EvidenceDay],
        of task: PredictionTask,
        present: Instant
    ) -> [(week: RefitWeek, judged: JudgedRefit)] {
        let weeks = RefitWeek.weeks(
            RefitDay.days(days, of: [], buckets),
            of: 1,
            horizonSeconds: task.horizonSeconds,
            buckets,
            present: present
        )
        var sample = RefitRows(
            task: task,
            dictionary: names,
            buckets: buckets,
            versions: [1],
            dates: weeks.reduce(into: Set()) { $0.formUnion($1.needed) },
            policies: LabelPolicyHistory()
        )
        for history in histories.joined() { sample.add(history) }
        let rows = sample.rowsByDate()
        return weeks.map { ($0, JudgedRefit($0, rows: rows, task: task)) }
    }

    /// By the evidence after each block.
    private static func firstDay(
        _ shadow: RetrainedShadow,
        _ last: RetrainingValue.Virtual?
    ) -> Int? {
        guard let last else { return nil }
        var watch = PayWatch(share: last.share)
        for block in shadow.blocks {
            watch.add(rows: Double(block.rows), loss: block.champion, other: block.retrained)
            if watch.logEvidence ?? 0 >= last.logThreshold {
                return Int(block.knownAt.microseconds / 86_400_000_000)
            }
        }
        return nil
    }
}
