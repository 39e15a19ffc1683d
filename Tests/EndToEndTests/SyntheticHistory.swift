import EmbeddedPostgres
import Foundation
import TestSupport
import Testing

/// A task with a year's shape in small: some requests a day, models that score them, labels two hours later.
struct SyntheticHistory {
    var task = "story"
    var kind = "binary"
    var days = 120
    var requestsPerDay = 40
    /// Beyond a horizon of two days and a baseline of 40.
    var settings: [String] = []
    var sliceKey: String?
    var seed: UInt64 = 11
    /// The models, the champion first, and what each says.
    var models: [(name: String, score: @Sendable (Request) -> Double)] = [
        ("champion", { $0.said })
    ]
    /// The probability of a positive, or the value of a regression.
    var truth: @Sendable (Request) -> Double = { $0.said }

    struct Request {
        var day: Int
        var number: Int
        /// One of four probabilities, so that a histogram bin never holds two scores.
        var said: Double
    }

    static let probabilities = [0.1, 0.3, 0.7, 0.9]

    /// What was uploaded.
    struct Row {
        var id: String
        var day: Int
        var scores: [Double]
        var label: Double
        var predictedAt: String
    }

    /// The start of a day of the story.
    static func instant(day: Int, hour: Int = 0) -> String {
        let start = Date(timeIntervalSince1970: 1_356_998_400)  // 2013-01-01
        let date = start.addingTimeInterval(Double(86_400 * day + 3600 * hour))
        return date.formatted(.iso8601)
    }

    func rows() -> [Row] {
        var generator = TestGenerator(seed: seed)
        var rows: [Row] = []
        for day in 0..<days {
            for number in 0..<requestsPerDay {
                let said = Self.probabilities.randomElement(using: &generator) ?? 0.5
                let request = Request(day: day, number: number, said: said)
                let draw = Double.random(in: 0..<1, using: &generator)
                let truth = truth(request)
                rows.append(
                    Row(
                        id: "r\(day)-\(number)",
                        day: day,
                        scores: models.map { $0.score(request) },
                        label: kind == "binary" ? (draw < truth ? 1 : 0) : truth + draw,
                        predictedAt: Self.instant(day: day, hour: 8 + number % 8)
                    )
                )
            }
        }
        return rows
    }

    /// Creates the task and brings all rows in as history.
    ///
    /// - Returns: The rows.
    @discardableResult
    func upload(to program: Program, labelled: (Row) -> Bool = { _ in true }) async throws -> [Row]
    {
        var create = [
            "task", "create", task, "--kind", kind, "--horizon", "2d", "--baseline", "first:40d",
        ]
        if let sliceKey { create += ["--slices", sliceKey] }
        create += settings
        let rows = rows()
        var predictions = "prediction_id,predicted_at,known_at,model,version,"
        predictions += kind == "binary" ? "score" : "value"
        predictions += sliceKey.map { ",\($0)\n" } ?? "\n"
        var labels = "prediction_id,observed_at,known_at,label\n"
        for (index, row) in rows.enumerated() {
            for (model, score) in zip(models, row.scores) {
                predictions +=
                    "\(row.id),\(row.predictedAt),\(row.predictedAt),\(model.name),v1,\(score)"
                predictions += sliceKey == nil ? "\n" : (index % 2 == 0 ? ",even\n" : ",odd\n")
            }
            guard labelled(row) else { continue }
            let observed = Self.instant(day: row.day, hour: 20)
            let label = kind == "binary" ? "\(Int(row.label))" : "\(row.label)"
            labels += "\(row.id),\(observed),\(observed),\(label)\n"
        }
        try await program.hear("\(create) \(models[0].name) \(predictions) \(labels)") {
            let created = try await program.run(create)
            try #require(created.status == 0, "\(created.errors)")
            try await program.upload("predictions", task, "\(task)-p.csv", predictions)
            try await program.upload("labels", task, "\(task)-l.csv", labels)
            try await program.output(
                "model",
                "role",
                "--task",
                task,
                models[0].name,
                "champion",
                "--from",
                "2012-12-31"
            )
        }
        return rows
    }
}

extension SyntheticHistory {
    /// After day 60 the labels have nothing to do with the scores.
    static var lostDiscrimination: SyntheticHistory {
        SyntheticHistory(truth: { $0.day < 60 ? $0.said : 0.5 })
    }

    /// After day 60 far more comes true than is said, in the same order.
    static var lostCalibration: SyntheticHistory {
        SyntheticHistory(truth: { $0.day < 60 ? $0.said : ($0.said + 3) / 4 })
    }

    /// Two models that say the same but for a little noise.
    static var equalModels: SyntheticHistory {
        SyntheticHistory(models: [
            ("champion", { $0.said }),
            ("shadow", { $0.number % 2 == 0 ? $0.said : $0.said + 0.01 }),
        ])
    }

    /// A champion that says the same of everything, and a shadow that knows.
    static var betterShadow: SyntheticHistory {
        SyntheticHistory(models: [("champion", { _ in 0.5 }), ("shadow", { $0.said })])
    }

    static var worseShadow: SyntheticHistory {
        SyntheticHistory(models: [("champion", { $0.said }), ("shadow", { _ in 0.5 })])
    }
}

extension Program {
    /// Brings rows in as history, or as they come where `isHistory` is false.
    func upload(
        _ what: String,
        _ task: String,
        _ name: String,
        _ text: String,
        isHistory: Bool = true
    ) async throws {
        let path = try file(name, text)
        let outcome = try await run(
            [what, "upload", "--task", task, path, "--strict"] + (isHistory ? ["--backfill"] : [])
        )
        try #require(outcome.status == 0, "\(outcome.errors)")
    }
}
