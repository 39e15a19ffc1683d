import Evaluation
import Testing

/// What is known of labels is counted from histories alone.
@Suite struct LabelStatusBuilderTests {
    private static let day: Int64 = 86_400
    private let task = PredictionTask(
        name: "t",
        kind: .binary,
        horizonSeconds: 10 * day
    )
    private let dictionary: TaskDictionary = {
        var dictionary = TaskDictionary()
        dictionary.versions[1] = .init(model: 1, modelName: "gbm", version: "r1")
        dictionary.sources = [1: "feed"]
        return dictionary
    }()

    /// A request of a day, with labels that were observed and known so many hours later.
    private func history(
        day: Int64,
        labels: [(value: Double?, hours: Int64)] = []
    ) -> PredictionHistory {
        var history = PredictionHistory(scoresPerPrediction: 1)
        let start = day * Self.day
        _ = history.admit(
            StoredPrediction(
                predictedAt: Instant(seconds: start),
                telling: Telling(knownAt: Instant(seconds: start), uploadID: 1, place: 0),
                modelVersion: 1,
                model: 1,
                sliceSet: 0,
                scoreStart: 0,
                details: ""
            ),
            scores: [0.5]
        )
        for (place, label) in labels.enumerated() {
            let instant = Instant(seconds: start + label.hours * 3_600)
            _ = history.admit(
                LabelRevision(
                    observedAt: instant,
                    telling: Telling(knownAt: instant, uploadID: 2, place: Int32(place)),
                    value: label.value,
                    source: 1
                )
            )
        }
        return history
    }

    private func report(
        _ histories: [PredictionHistory],
        asOfDay day: Int64
    ) throws -> LabelStatusReport {
        let present = Instant(seconds: day * Self.day)
        var builder = LabelStatusBuilder(
            task: task,
            dictionary: dictionary,
            buckets: try task.timeBuckets(),
            asOf: present,
            present: present
        )
        for history in histories { builder.add(history) }
        return builder.report
    }

    @Test func `a request is labelled, pending or overdue, whatever else is said of its label`()
        throws
    {
        let report = try report(
            [
                history(day: 100, labels: [(1, 24)]),
                history(day: 100, labels: [(0, 24), (1, 48)]),
                history(day: 100, labels: [(1, -2)]),
                history(day: 100, labels: [(1, 24), (nil, 48)]),
                history(day: 100),
                history(day: 119),
            ],
            asOfDay: 120
        )
        #expect(report.predictionIDs == 6)
        #expect(report.labelled == 3 && report.pending == 1 && report.overdue == 2)
        #expect(report.corrected == 1 && report.withdrawn == 1)
        #expect(report.labelBeforePrediction == 1)
        #expect(report.coverage == 0.5)
        #expect(report.days.map(\.predictions).reduce(0, +) == 6)
    }

    @Test func `what became known later does not count`() throws {
        let histories = [history(day: 100, labels: [(1, 48)]), history(day: 102)]
        let report = try report(histories, asOfDay: 101)
        #expect(report.predictionIDs == 1 && report.labelled == 0 && report.pending == 1)
    }

    @Test func `delays are told in hours, of all and by class`() throws {
        let histories = (1...5).map { history(day: 100, labels: [(Double($0 % 2), $0)]) }
        let delays = try report(histories, asOfDay: 120).delays
        #expect(delays.map(\.name) == ["all", "0", "1"])
        #expect(delays.map(\.n) == [5, 2, 3])
        #expect(delays.map(\.p50) == [3, 3, 3])
        #expect(delays[0].p05 == 1.2 && delays[0].p95 == 4.8)
    }
}
