import Evaluation
import Ingest
import TestSupport

/// A seeded history of a small task: what was predicted, what was observed, and in how many ways it was told.
struct RandomHistory {
    /// Rows of predictions and labels as NDJSON lines, each with the instant at which it became known.
    var predictions: [String] = []
    var labels: [String] = []

    static let columns: [Name] = ["country", "channel"]

    /// - Parameters:
    ///   - ids: How many prediction ids.
    ///   - hasTies: Whether rows of the same time say different things, so that the order in which they are told matters.
    init(ids: Int, hasTies: Bool, using generator: inout TestGenerator) {
        let models = [("gbm", "r1"), ("gbm", "r2"), ("net", "a")]
        for id in 0..<ids {
            let minute = Int.random(in: 5..<80 * 1440, using: &generator)
            let name = "id-\(id)"
            for (place, (model, version)) in models.enumerated()
            where Int.random(in: 0..<4, using: &generator) > 0 {
                let minute = hasTies ? minute : minute + place
                let row = prediction(
                    name,
                    minute: minute,
                    model: model,
                    version: version,
                    using: &generator
                )
                predictions.append(row)
                if Int.random(in: 0..<6, using: &generator) == 0 {
                    // The same again, and something else for the same id and model, also far away in time.
                    predictions.append(row)
                    let shifts = [-50_000, -9, hasTies ? 0 : 13, 17, 45_000]
                    let shift = shifts.randomElement(using: &generator) ?? 0
                    predictions.append(
                        prediction(
                            name,
                            minute: max(hasTies ? 0 : place, minute + shift),
                            model: model,
                            version: version,
                            using: &generator
                        )
                    )
                }
            }
            for number in 0..<Int.random(in: 0..<4, using: &generator) {
                let days = Int.random(in: 0..<60, using: &generator)
                // In ten days several are likely to be of the same minute.
                let observed = hasTies ? days % 10 * 1440 : days * 1440 + number
                let row = label(name, minute: minute - 5 + observed, using: &generator)
                labels.append(row)
                if Bool.random(using: &generator) { labels.append(row) }
            }
        }
    }

    private func prediction(
        _ id: String,
        minute: Int,
        model: String,
        version: String,
        using generator: inout TestGenerator
    ) -> String {
        let score = Double(Int.random(in: 0...1000, using: &generator)) / 1000
        let country = ["DE", "FR", ""].randomElement(using: &generator) ?? ""
        let instant = Self.instant(minute)
        return """
            {"prediction_id":"\(id)","predicted_at":"\(instant)","known_at":"\(instant)",\
            "model":"\(model)","version":"\(version)","score":\(score),\
            "country":"\(country)","channel":"web"}
            """
    }

    private func label(_ id: String, minute: Int, using generator: inout TestGenerator) -> String {
        let known = minute + Int.random(in: 0..<3, using: &generator)
        let value = ["\"0\"", "\"1\"", "\"1\"", "null"].randomElement(using: &generator) ?? "null"
        let source = ["manual", "feed"].randomElement(using: &generator) ?? ""
        return """
            {"prediction_id":"\(id)","observed_at":"\(Self.instant(minute))",\
            "known_at":"\(Self.instant(known))","label":\(value),"source":"\(source)"}
            """
    }

    private static func instant(_ minute: Int) -> String {
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        let day = minute / 1440
        let date = ["2024-01", "2024-02", "2024-03", "2024-04", "2024-05", "2024-06"][day / 28]
        return "\(date)-\(two(day % 28 + 1))T\(two(minute / 60 % 24)):\(two(minute % 60)):00Z"
    }

    /// The rows in some order, cut into batches, each of predictions or of labels.
    func batches(using generator: inout TestGenerator) -> [Batch] {
        var batches: [Batch] = []
        for (rows, isLabels) in [(predictions, false), (labels, true)] {
            var rest = rows.shuffled(using: &generator)[...]
            while !rest.isEmpty {
                let size = Int.random(in: 1...max(1, rows.count / 3), using: &generator)
                batches.append(Batch(rows: Array(rest.prefix(size)), isLabels: isLabels))
                rest = rest.dropFirst(size)
            }
        }
        return batches.shuffled(using: &generator)
    }

    struct Batch: Sendable {
        var rows: [String]
        var isLabels: Bool

        var source: InputSource {
            .text(rows.joined(separator: "\n") + "\n", name: "batch.ndjson")
        }
    }
}
