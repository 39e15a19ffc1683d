package import Evaluation

/// What the product makes of a stream: histories, frozen cohorts, and the inputs of its decisions.
extension SimulatedStream {
    static let champion: Int32 = 1
    static let shadow: Int32 = 2
    /// 2020-01-01, in days since 1970.
    static let firstDay: Int32 = 18_262

    package var task: PredictionTask {
        PredictionTask(
            id: 1,
            name: Name(scenario.name),
            kind: .binary,
            horizonSeconds: Int64(Scenario.horizonDays) * 86_400,
            labelPolicy: scenario.labels == .fastPositives ? .negative : .pending
        )
    }

    /// The instant of a time in days since the start of the stream.
    package static func instant(_ time: Double) -> Instant {
        Instant(
            microseconds: Int64(firstDay) * 86_400_000_000 + Int64((time * 86_400e6).rounded())
        )
    }

    private static var dictionary: TaskDictionary {
        var dictionary = TaskDictionary()
        dictionary.versions[champion] = .init(model: 1, modelName: "champion", version: "1")
        dictionary.versions[shadow] = .init(model: 2, modelName: "shadow", version: "1")
        return dictionary
    }

    /// Everything that is known of a request in the end.
    package func history(_ row: Row) -> PredictionHistory {
        var history = PredictionHistory(scoresPerPrediction: 1)
        let predictedAt = Self.instant(row.time)
        history.restore(version: Self.champion, score: row.champion, at: predictedAt)
        if scenario.shadowNoise != nil {
            history.restore(version: Self.shadow, score: row.shadow, at: predictedAt)
        }
        if let delay = row.delay {
            history.restore(
                label: row.isPositive ? 1 : 0,
                at: Self.instant(row.time + delay)
            )
        }
        return history
    }

    /// The cohorts of all days at all ages, in event order.
    package func cohorts(_ buckets: TimeBuckets) -> [FrozenCohort] {
        let task = task
        let dictionary = Self.dictionary
        return days.indices.flatMap { day -> [FrozenCohort] in
            let bucket = Self.firstDay + Int32(day)
            var builder = CohortBuilder(
                task: task,
                dictionary: dictionary,
                buckets: buckets,
                wanted: Set(task.cohortAges.map { CohortKey(bucket: bucket, age: $0) }),
                pairKeepers: Set(dictionary.versions.values.map(\.model))
            )
            for row in days[day] { builder.add(history(row)) }
            return builder.built
        }
    }

    /// The days of the comparison, as a question to the ledger gets them.
    package func gainDays(_ cohorts: [FrozenCohort], _ buckets: TimeBuckets) -> [GainDay] {
        GainDay.days(cohorts, task: task, buckets: buckets) { $0.first == Self.champion }
    }

    /// What the watch over the champion is fed with.
    package func watch(
        _ cohorts: [FrozenCohort],
        _ buckets: TimeBuckets
    ) -> RetrainingMonitor.Inputs {
        var inputs = RetrainingMonitor.Inputs(task: task)
        for age in task.cohortAges {
            let days = EvidenceDay.days(
                cohorts,
                age: age,
                versions: [Self.champion],
                task: task,
                buckets: buckets
            )
            inputs.days.append((age, days))
        }
        return inputs
    }
}

extension RetrainingMonitor {
    /// Goes on day by day, as a scheduler would, to the end of the stream and what is still due then.
    ///
    /// - Returns: The first day after which something holds, in days since the start of the stream.
    package mutating func firstDay(
        within days: Int,
        where holds: (RetrainingMonitor) -> Bool
    ) -> Double? {
        for day in 1...days {
            advance(to: SimulatedStream.instant(Double(day)))
            if holds(self) { return Double(day) }
        }
        return nil
    }

    /// Whether an alarm counts.
    package static func hasAlarm(_ monitor: RetrainingMonitor) -> Bool { monitor.alarmedAt != nil }
}
