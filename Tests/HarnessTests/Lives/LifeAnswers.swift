import Contract
import Evaluation
import Harness
import Postgres

/// What can be asked of a task as of an instant.
enum LifeQuestion: Hashable, CaseIterable {
    case report
    case days
    case weeksFromRows
    case slice
    case slices
    case calibration
    case labels
    case comparison
    case comparisonWithModel
    case recommendation
    case recalibration
    case rows(RowOrder)
    case prediction

    static var allCases: [LifeQuestion] {
        [
            .report, .days, .weeksFromRows, .slice, .slices, .calibration, .labels, .comparison,
            .comparisonWithModel, .recommendation, .recalibration, .prediction,
        ] + RowOrder.allCases.map(LifeQuestion.rows)
    }
}

/// What a task answers to questions as of an instant, each as the JSON that people are given.
struct LifeAnswers: Equatable {
    /// By question; a refusal stands as its text.
    private(set) var answers: [LifeQuestion: String] = [:]
    private(set) var values: [LifeQuestion: JSONValue] = [:]

    static func == (left: LifeAnswers, right: LifeAnswers) -> Bool {
        left.answers == right.answers
    }

    static let released = "rows are no longer kept"

    init(
        _ questions: some Collection<LifeQuestion>,
        to laboratory: Laboratory,
        asOf instant: Instant,
        model: Name
    ) async {
        for question in questions {
            do {
                let value = try await question.answer(laboratory, asOf: instant, model: model)
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
    }

    /// The questions that are answered otherwise than here, and not because rows are gone.
    ///
    /// `hasForgotten` says whether requests have been deleted since: an answer that goes without them says so.
    func differences(from later: LifeAnswers, hasForgotten: Bool) -> [String] {
        answers.filter { question, answer in
            let second = later.answers[question]
            return second != answer && second != Self.released
                && !(hasForgotten && later.namesDeletion(question))
        }.map { question, answer in
            let second = later.answers[question] ?? ""
            let (one, other) = (answer.split(separator: "\n"), second.split(separator: "\n"))
            let line = zip(one, other).first { $0 != $1 }
            return "\(question): \(line?.0 ?? one.last ?? "") | \(line?.1 ?? other.last ?? "")"
        }.sorted()
    }
}

extension LifeAnswers {
    /// Whether an answer says that requests are missing, or is none for want of rows.
    private func namesDeletion(_ question: LifeQuestion) -> Bool {
        guard let value = values[question] else { return true }
        guard question == .slices else { return value["forgotten"] != nil }
        return !value.text.contains("forgotten: 0")
    }
}

extension LifeQuestion {
    // All metrics of all windows would take most of the time.
    private static let metrics: Set<String> = [
        "brier_score", "log_loss", "accuracy", "roc_auc", "mean_score", "base_rate", "mae",
        "rmse", "mean_error", "mean_prediction", "mean_label", "r2", "median_ae",
    ]

    fileprivate func answer(
        _ laboratory: Laboratory,
        asOf instant: Instant,
        model: Name
    ) async throws -> JSONValue {
        let (pool, task) = (laboratory.pool, laboratory.task)
        let all = ReportQuery(asOf: instant)
        var some = ReportQuery(asOf: instant, metrics: Self.metrics)
        switch self {
        case .report:
            return try await MakeReport(pool: pool, task: task, query: all).run().json(slice: nil)
        case .days:
            some.period = .day
            some.byVersion = true
            return try await MakeReport(pool: pool, task: task, query: some).run().json(slice: nil)
        case .weeksFromRows:
            some.period = .week
            some.isExact = true
            return try await MakeReport(pool: pool, task: task, query: some).run().json(slice: nil)
        case .slice:
            some.slice = Slice(key: "country", value: "DE")
            return try await MakeReport(pool: pool, task: task, query: some).run()
                .json(slice: "country=DE")
        case .slices:
            let slices = try await ReportSlices(pool: pool, task: task, query: some).run()
            return .string("\(slices)")
        case .calibration:
            let query = CalibrationQuery(report: all)
            return try await ReportCalibration(pool: pool, task: task, query: query).run().json
        case .labels:
            return try await LabelStatus(pool: pool, task: task, asOf: instant).run().json
        case .comparison:
            let query = ComparisonQuery(asOf: instant)
            return try await CompareModels(pool: pool, task: task, query: query).run().json
        case .comparisonWithModel:
            let query = ComparisonQuery(champion: model, asOf: instant)
            return try await CompareModels(pool: pool, task: task, query: query).run().json
        case .recommendation:
            let query = RecommendationQuery(asOf: instant)
            return try await Recommend(pool: pool, task: task, query: query).run()
                .recommendation.json
        case .recalibration:
            let query = RecalibrationQuery(asOf: instant)
            return try await Recalibrate(pool: pool, task: task, query: query).run().json
        case .rows(let order):
            let query = RowQuery(asOf: instant, order: order, limit: 1_000)
            return try await ListRows(pool: pool, task: task, query: query).run()
                .json(query, cursor: nil)
        case .prediction:
            let id = "id-1"
            return try await ShowPrediction(
                pool: pool,
                task: task,
                predictionID: id,
                asOf: instant
            ).run().json
        }
    }
}
