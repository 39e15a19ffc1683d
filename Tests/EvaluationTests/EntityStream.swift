import Evaluation
import Statistics
import Testing

/// Two models on requests of entities that come back: cohorts as the ledger has them.
struct EntityStream {
    var task: PredictionTask
    var days = 70
    var entities = 30
    /// Entities on a day, with 10 requests each.
    var daily = 10
    var seed: UInt64 = 1
    /// By how much the champion's mean probability is off for an entity, and the shadow's.
    var noise = (champion: 0.2, shadow: 0.2)
    /// From this day on the champion is off by more.
    var breakDay = Int.max

    static let champion: Int32 = 1
    static let shadow: Int32 = 2

    static func task(_ unit: EvidenceUnitRule) -> PredictionTask {
        PredictionTask(
            id: 1,
            name: "t",
            kind: .binary,
            horizonSeconds: 2 * 86_400,
            evidenceUnit: unit,
            baseline: .first(cohorts: 40)
        )
    }

    var buckets: TimeBuckets { TimeBuckets(.utc, size: .day) }

    var dictionary: TaskDictionary {
        var dictionary = TaskDictionary()
        dictionary.versions[Self.champion] = .init(model: 1, modelName: "gbm", version: "")
        dictionary.versions[Self.shadow] = .init(model: 2, modelName: "net", version: "")
        return dictionary
    }

    /// The cohorts; `change` is given each history before it is added.
    func cohorts(_ change: (inout PredictionHistory, Int) -> Void = { _, _ in }) throws
        -> [FrozenCohort]
    {
        let wanted = (0..<days).map { CohortKey(bucket: Int32($0), age: task.horizonSeconds) }
        var builder = CohortBuilder(
            task: task,
            dictionary: dictionary,
            buckets: buckets,
            wanted: Set(wanted),
            pairKeepers: Set(dictionary.versions.values.map(\.model))
        )
        var random = SeededGenerator(seed: seed)
        func score(_ p: Double, _ noise: Double) -> Double {
            min(0.99, max(0.01, p + noise * random.nextNormal()))
        }
        let people = (0..<entities).map { _ in
            let p = 0.2 + 0.6 * random.nextUniform()
            return (p: p, champion: score(p, noise.champion), shadow: score(p, noise.shadow))
        }
        var request: UInt64 = 0
        for day in 0..<days {
            for _ in 0..<daily {
                let number = Int(random.next() % UInt64(entities))
                let person = people[number]
                for _ in 0..<10 {
                    request += 1
                    let isPositive = random.nextUniform() < person.p
                    let off = day >= breakDay ? 0.35 : 0
                    var history = self.history(
                        day: day,
                        request: request,
                        entity: "e\(number)",
                        champion: abs(person.champion - off),
                        shadow: person.shadow,
                        isPositive: isPositive
                    )
                    change(&history, number)
                    builder.add(history)
                }
            }
        }
        return builder.built
    }

    private func history(
        day: Int,
        request: UInt64,
        entity: String,
        champion: Double,
        shadow: Double,
        isPositive: Bool
    ) -> PredictionHistory {
        var history = PredictionHistory(scoresPerPrediction: 1)
        history.requestNumber = request
        let noon = Instant(seconds: Int64(day) * 86_400 + 43_200)
        for (version, score) in [(Self.champion, champion), (Self.shadow, shadow)] {
            _ = history.admit(
                StoredPrediction(
                    predictedAt: noon,
                    telling: Telling(knownAt: noon),
                    modelVersion: version,
                    model: version,
                    sliceSet: 0,
                    scoreStart: 0,
                    details: entity.isEmpty ? "" : #"{"entity":"\#(entity)"}"#
                ),
                scores: [score]
            )
        }
        _ = history.admit(
            LabelRevision(
                observedAt: noon,
                telling: Telling(knownAt: noon.advanced(bySeconds: 3600)),
                value: isPositive ? 1 : 0,
                source: 0
            )
        )
        return history
    }

    func gainDays() throws -> [GainDay] {
        GainDay.days(try cohorts(), task: task, buckets: buckets) {
            $0 == VersionPair(first: Self.champion, second: Self.shadow) ? true : nil
        }
    }

    func comparison(
        _ metric: ComparisonMetric = .loss(.brier),
        of days: [GainDay]? = nil
    ) throws -> Comparison {
        var builder = ComparisonBuilder(
            task: task,
            metric: metric,
            options: ComparisonOptions(),
            shadow: "net"
        )
        builder.gainDays = try days ?? gainDays()
        return try #require(
            ComparisonFamily([builder], traffic: [:]).comparisons(["net"], asOf: .distantFuture)
                .first
        )
    }

    func evidenceDays() throws -> [EvidenceDay] {
        EvidenceDay.days(
            try cohorts(),
            age: task.horizonSeconds,
            versions: [Self.champion],
            task: task,
            buckets: buckets
        )
    }
}
