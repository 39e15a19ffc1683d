import Contract
import Evaluation
import Harness
import Ingest
import Postgres
import Store

/// One question that can be asked about the present and as of an instant.
struct AskedQuestion: Sendable {
    var name: String
    /// Answers as the command line does in JSON.
    var ask: @Sendable (Laboratory, Instant?) async throws -> String

    /// Every question that a task with slices and two models is asked.
    static let all: [AskedQuestion] = reports + rows + decisions

    private static let reports: [AskedQuestion] = [
        report("report", ReportQuery()),
        report("by week and version", ReportQuery(period: .week, byVersion: true)),
        report("exact", ReportQuery(period: .month, isExact: true)),
        report(
            "from",
            ReportQuery(window: .always.after(Instant(seconds: 1_707_004_800)), period: .month)
        ),
        report(
            "to",
            ReportQuery(window: .always.before(Instant(seconds: 1_707_010_000)), period: .month)
        ),
        report("model", ReportQuery(model: "net")),
        report("slice", ReportQuery(slice: Slice(key: "country", value: "FR"))),
        AskedQuestion(name: "calibration") { laboratory, asOf in
            try await ReportCalibration(
                pool: laboratory.pool,
                task: laboratory.task,
                query: CalibrationQuery(report: ReportQuery(asOf: asOf))
            ).run().json.text
        },
        AskedQuestion(name: "slices") { laboratory, asOf in
            let slices = try await ReportSlices(
                pool: laboratory.pool,
                task: laboratory.task,
                query: ReportQuery(asOf: asOf)
            ).run()
            return "\"as_of\": \"\(slices.asOf.iso8601)\" \(slices)"
        },
        AskedQuestion(name: "outline") { laboratory, asOf in
            let outline = try await OutlineTask(
                pool: laboratory.pool,
                task: laboratory.task,
                asOf: asOf
            ).run()
            return "\"as_of\": \"\(outline.present.iso8601)\" \(outline)"
        },
    ]

    private static let rows: [AskedQuestion] = [
        AskedQuestion(name: "labels status") { laboratory, asOf in
            try await LabelStatus(pool: laboratory.pool, task: laboratory.task, asOf: asOf).run()
                .json.text
        },
        list("rows", RowQuery(limit: 1_000)),
        list("worst rows", RowQuery(model: "net", order: .worst, limit: 20)),
        AskedQuestion(name: "pairs") { laboratory, asOf in
            try await ListPairs(
                pool: laboratory.pool,
                task: laboratory.task,
                query: PairQuery(shadow: "net", asOf: asOf, limit: 50)
            ).run().json.text
        },
        AskedQuestion(name: "prediction") { laboratory, asOf in
            try await ShowPrediction(
                pool: laboratory.pool,
                task: laboratory.task,
                predictionID: "id-0",
                asOf: asOf
            ).run().json.text
        },
    ]

    private static let decisions: [AskedQuestion] = [
        compare("compare", isExact: false),
        compare("compare exactly", isExact: true),
        AskedQuestion(name: "recommend") { laboratory, asOf in
            try await Recommend(
                pool: laboratory.pool,
                task: laboratory.task,
                query: RecommendationQuery(asOf: asOf)
            ).run().recommendation.json.text
        },
        AskedQuestion(name: "recalibrate") { laboratory, asOf in
            try await Recalibrate(
                pool: laboratory.pool,
                task: laboratory.task,
                query: RecalibrationQuery(asOf: asOf)
            ).run()
                .json.text
        },
    ]

    private static func report(_ name: String, _ query: ReportQuery) -> AskedQuestion {
        AskedQuestion(name: name) { laboratory, asOf in
            var query = query
            query.asOf = asOf
            return try await laboratory.report(query).json(slice: nil).text
        }
    }

    private static func list(_ name: String, _ query: RowQuery) -> AskedQuestion {
        AskedQuestion(name: name) { laboratory, asOf in
            var query = query
            query.asOf = asOf
            return try await ListRows(pool: laboratory.pool, task: laboratory.task, query: query)
                .run().json(query, cursor: nil).text
        }
    }

    private static func compare(_ name: String, isExact: Bool) -> AskedQuestion {
        AskedQuestion(name: name) { laboratory, asOf in
            try await CompareModels(
                pool: laboratory.pool,
                task: laboratory.task,
                query: ComparisonQuery(asOf: asOf, isExact: isExact)
            ).run().json.text
        }
    }
}

/// An answer, and the instant that it is about.
struct GivenAnswer: Sendable {
    var question: AskedQuestion
    var asOf: Instant
    /// The bytes, or for a refusal its kind: its words may tell what has become of it since.
    var text: String
}

extension Laboratory {
    /// Asks about the present.
    func ask(_ question: AskedQuestion) async throws -> GivenAnswer {
        let before = try await serverNow()
        let text = try await text(question, nil)
        let named = try text.firstMatch(of: /"as_of": ?"([^"]*)"/).map {
            try Instant(parsing: String($0.output.1))
        }
        return GivenAnswer(question: question, asOf: named ?? before, text: text)
    }

    /// The same answer, asked for again as of its instant.
    func again(_ given: GivenAnswer) async throws -> String {
        try await text(given.question, given.asOf)
    }

    /// Where the same answer, asked for again, begins to be another; `nil` where it is the same.
    func change(of given: GivenAnswer) async throws -> String? {
        let text = try await again(given)
        guard text != given.text else { return nil }
        let lines = { (text: String) in
            text.split(separator: "\n", omittingEmptySubsequences: false)
        }
        let pairs = zip(lines(given.text), lines(text))
        let first = pairs.first { $0 != $1 }.map { "\($0.suffix(600)) is now \($1.suffix(600))" }
        return "\(given.question.name) as of \(given.asOf.iso8601): \(first ?? "longer")"
    }

    func text(_ question: AskedQuestion, _ asOf: Instant?) async throws -> String {
        do {
            return try await question.ask(self, asOf)
        } catch let error as HarnessError {
            let kind = Mirror(reflecting: error).children.first?.label ?? "\(error)"
            return kind.hasSuffix("Then") ? String(kind.dropLast(4)) : kind
        }
    }
}
