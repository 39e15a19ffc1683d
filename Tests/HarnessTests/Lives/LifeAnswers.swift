import Contract
import Evaluation
import Harness
import Postgres

/// All that can be asked of a task as of an instant, each answer as the JSON that people are given.
struct LifeAnswers: Equatable {
    /// By question; a refusal stands as its text.
    private(set) var answers: [String: String] = [:]
    private(set) var values: [String: JSONValue] = [:]

    static func == (left: LifeAnswers, right: LifeAnswers) -> Bool {
        left.answers == right.answers
    }

    static let released = "rows are no longer kept"

    init(_ laboratory: Laboratory, asOf instant: Instant, model: Name) async {
        let (pool, task) = (laboratory.pool, laboratory.task)
        // All metrics of all windows would take most of the time.
        let metrics: Set<String> = [
            "brier_score", "log_loss", "accuracy", "roc_auc", "mean_score", "base_rate", "mae",
            "rmse",
            "mean_error", "mean_prediction", "mean_label", "r2", "median_ae",
        ]
        func report(_ change: (inout ReportQuery) -> Void) -> MakeReport {
            var query = ReportQuery(asOf: instant, metrics: metrics)
            change(&query)
            return MakeReport(pool: pool, task: task, query: query)
        }
        await ask("report") { try await report { $0.metrics = nil }.run().json(slice: nil) }
        await ask("report by day and version") {
            try await report {
                $0.period = .day
                $0.byVersion = true
            }.run().json(slice: nil)
        }
        await ask("report from rows by week") {
            try await report {
                $0.period = .week
                $0.isExact = true
            }.run().json(slice: nil)
        }
        await ask("report of a slice") {
            try await report { $0.slice = SliceName(key: "country", value: "DE") }.run()
                .json(slice: "country=DE")
        }
        await ask("slices") {
            let query = ReportQuery(asOf: instant, metrics: metrics)
            let slices = try await ReportSlices(pool: pool, task: task, query: query).run()
            return .string("\(slices)")
        }
        await ask("calibration") {
            let query = ReportQuery(asOf: instant)
            return try await ReportCalibration(pool: pool, task: task, query: query).run().json
        }
        await ask("labels status") {
            try await LabelStatus(pool: pool, task: task, asOf: instant).run().json
        }
        await ask("compare") {
            let query = ComparisonQuery(asOf: instant)
            return try await CompareModels(pool: pool, task: task, query: query).run().json
        }
        await ask("compare with \(model)") {
            let query = ComparisonQuery(champion: model, asOf: instant)
            return try await CompareModels(pool: pool, task: task, query: query).run().json
        }
        await ask("recommend") {
            let query = RecommendationQuery(asOf: instant)
            return try await Recommend(pool: pool, task: task, query: query).run()
                .recommendation.json
        }
        await ask("recalibrate") {
            try await Recalibrate(pool: pool, task: task, asOf: instant).run().json
        }
        for order in RowOrder.allCases {
            await ask("rows by \(order)") {
                let query = RowQuery(asOf: instant, order: order, limit: 1_000)
                return try await ListRows(pool: pool, task: task, query: query).run()
                    .json(query, cursor: nil)
            }
        }
        await ask("show") {
            try await ShowPrediction(
                pool: pool,
                task: task,
                predictionID: "id-1",
                asOf: instant
            ).run().json
        }
    }

    private mutating func ask(
        _ question: String,
        _ answer: () async throws -> JSONValue
    ) async {
        do {
            let value = try await answer()
            values[question] = value
            answers[question] = value.text
        } catch HarnessError.rowsReleased {
            answers[question] = Self.released
        } catch HarnessError.noSuchPrediction(_, _, .some) {
            answers[question] = Self.released
        } catch {
            answers[question] = "\(error)"
        }
    }

    /// The questions that are answered otherwise than here, and not because rows are gone.
    func differences(from later: LifeAnswers) -> [String] {
        answers.keys.sorted().filter { question in
            let answer = later.answers[question]
            return answer != answers[question] && answer != Self.released
        }.map { question in
            let (before, after) = (answers[question] ?? "", later.answers[question] ?? "")
            let (one, other) = (before.split(separator: "\n"), after.split(separator: "\n"))
            let line = zip(one, other).first { $0 != $1 }
            return "\(question): \(line?.0 ?? one.last ?? "") | \(line?.1 ?? other.last ?? "")"
        }
    }
}
