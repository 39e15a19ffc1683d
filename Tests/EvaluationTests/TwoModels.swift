import DecisionScenarios
import Evaluation

/// A task with the champion `gbm` and its shadow `net`, whose rows are made by hand.
struct TwoModels {
    var task = Evidence.task(horizonDays: 10)
    var present = 200
    var asOf: Int?
    var roles: [RoleChange] = []
    var released: ReleasedRows?
    var rowsFromThen: Int?
    var createdAt = 0
    var newestWithdrawal: Int?

    static let dictionary: TaskDictionary = {
        var dictionary = TaskDictionary()
        dictionary.versions[1] = .init(model: 1, modelName: "gbm", version: "")
        dictionary.versions[2] = .init(model: 2, modelName: "net", version: "")
        return dictionary
    }()

    static func champion(_ model: Name, since day: Int) -> RoleChange {
        RoleChange(model: model, role: .champion, validFrom: Evidence.instant(day))
    }

    func view() throws -> TaskView {
        try TaskView(
            task: task,
            settings: SettingsOrigin(version: 1, recordedAt: Evidence.instant(createdAt)),
            createdAt: Evidence.instant(createdAt),
            dictionary: Self.dictionary,
            models: ["gbm", "net"].map { KnownModel(name: $0, since: Evidence.instant(0)) },
            slices: [],
            roleHistory: roles.isEmpty ? [Self.champion("gbm", since: 0)] : roles,
            present: Evidence.instant(asOf ?? present),
            asOf: asOf.map(Evidence.instant),
            released: released,
            rowsFromThen: rowsFromThen.map(Evidence.instant),
            newestWithdrawal: newestWithdrawal.map(Evidence.instant)
        )
    }

    /// Ten requests a day with a positive label that is known at once.
    ///
    /// `scores` says what versions give on a day.
    static func histories(
        of days: ClosedRange<Int>,
        scores: (_ day: Int) -> [Int32: Double]
    ) -> [PredictionHistory] {
        days.flatMap { day in
            (0..<10).map { row in
                var history = PredictionHistory(scoresPerPrediction: 1)
                let instant = Instant(seconds: Int64(day) * 86_400 + Int64(row))
                for (version, score) in scores(day) {
                    history.restore(version: version, score: score, at: instant)
                }
                history.restore(
                    LabelRevision(
                        observedAt: instant,
                        telling: Telling(knownAt: instant),
                        value: 1,
                        source: 0
                    )
                )
                return history
            }
        }
    }

    /// The cohorts of days at the label horizon, with all pairs.
    func cohorts(
        of days: ClosedRange<Int>,
        scores: (_ day: Int) -> [Int32: Double]
    ) throws -> [FrozenCohort] {
        var builder = CohortBuilder(
            task: task,
            dictionary: Self.dictionary,
            buckets: try task.timeBuckets(),
            wanted: Set(days.map { CohortKey(bucket: Int32($0), age: task.horizonSeconds) }),
            pairKeepers: [1, 2]
        )
        for history in Self.histories(of: days, scores: scores) { builder.add(history) }
        return builder.built
    }

    /// The cells of days as they are stored, with all pairs.
    func sums(
        of days: ClosedRange<Int>,
        scores: (_ day: Int) -> [Int32: Double]
    ) throws -> CellAccumulator {
        var accumulator = CellAccumulator(
            task: task,
            dictionary: Self.dictionary,
            buckets: try task.timeBuckets(),
            pairKeepers: [1, 2]
        )
        for history in Self.histories(of: days, scores: scores) {
            accumulator.add(history, sign: 1)
        }
        return accumulator
    }
}
