package import Evaluation

/// Rows of one or two models that go the way of the product: histories, frozen cohorts, bytes, and days of evidence.
package struct Ledger: Sendable {
    package let task: PredictionTask
    package let cohorts: [FrozenCohort]
    private let buckets: TimeBuckets

    package struct Row: Sendable {
        /// In days since 1970.
        package var day: Int32
        package var champion: Double
        package var shadow: Double?
        package var label: Double?

        package init(day: Int32, champion: Double, shadow: Double? = nil, label: Double?) {
            self.day = day
            self.champion = champion
            self.shadow = shadow
            self.label = label
        }
    }

    private static let champion: Int32 = 1
    private static let shadow: Int32 = 2

    /// `rows` are in event order; labels are known a second after the prediction.
    package init(task: PredictionTask, rows: [Row]) throws {
        let buckets = TimeBuckets(.utc, size: .day)
        var dictionary = TaskDictionary()
        // The champion sorts last, so that all pairs are turned round.
        dictionary.versions[Self.champion] = .init(model: 1, modelName: "veteran", version: "1")
        dictionary.versions[Self.shadow] = .init(model: 2, modelName: "novice", version: "1")
        let keys = Set(rows.map(\.day)).flatMap { day in
            task.cohortAges.map { CohortKey(bucket: day, age: $0) }
        }
        var builder = CohortBuilder(
            task: task,
            dictionary: dictionary,
            buckets: buckets,
            wanted: Set(keys),
            pairKeepers: Set(dictionary.versions.values.map(\.model))
        )
        var place: (day: Int32, row: Int64) = (.min, 0)
        for row in rows {
            place = (row.day, row.day == place.day ? place.row + 1 : 0)
            let second = Int64(row.day) * 86_400 + 10 * place.row
            builder.add(Self.history(row, at: second))
        }
        self.task = task
        self.buckets = buckets
        cohorts = try builder.built.map { try $0.stored(kind: task.kind) }
    }

    private static func history(_ row: Row, at second: Int64) -> PredictionHistory {
        var history = PredictionHistory(scoresPerPrediction: 1)
        let instant = Instant(seconds: second)
        let scores = [(champion, row.champion)] + (row.shadow.map { [(shadow, $0)] } ?? [])
        for (version, score) in scores {
            history.restore(version: version, score: score, at: instant)
        }
        if let label = row.label {
            history.restore(label: label, at: instant.advanced(bySeconds: 1))
        }
        return history
    }

    package var gainDays: [GainDay] {
        GainDay.days(cohorts, task: task, buckets: buckets) { $0.first == Self.champion }
    }

    package var watch: RetrainingMonitor.Inputs {
        var inputs = RetrainingMonitor.Inputs(task: task)
        inputs.days = task.cohortAges.map { age in
            (
                age,
                EvidenceDay.days(
                    cohorts,
                    age: age,
                    versions: [Self.champion],
                    task: task,
                    buckets: buckets
                )
            )
        }
        return inputs
    }
}
