import Contract
import Evaluation
import Harness

/// Holds answers against the plain truth.
struct LifeCheck {
    let truth: PlainTruth
    /// Without what was forgotten: what rows tell.
    private let held: PlainTruth
    let instant: Int64
    /// The size of values, for tolerances.
    let scale: Double
    private(set) var failures: [String] = []
    /// How many numbers were compared.
    private(set) var count = 0

    init(_ truth: PlainTruth, asOf instant: Int64, scale: Double) {
        self.truth = truth
        held = truth.held
        self.instant = instant
        self.scale = scale
    }

    mutating func check(_ answers: LifeAnswers) {
        if let report = answers.values[.days] { checkDays(report) }
        if let report = answers.values[.weeksFromRows] { checkWeeks(report) }
        if let report = answers.values[.slice] { checkSlice(report) }
        if let status = answers.values[.labels] { checkLabels(status) }
        for question in [
            LifeQuestion.report, .days, .weeksFromRows, .slice, .labels, .comparison,
            .comparisonWithModel, .recommendation,
        ] {
            guard let answer = answers.values[question] else { continue }
            let isOfRows = [.weeksFromRows, .labels].contains(question)
            checkContradictions(answer, "\(question)", isOfRows ? held : truth)
        }
        if let rows = answers.values[.rows(.time)] { checkRows(rows) }
        for question in [LifeQuestion.comparison, .comparisonWithModel] {
            if let answer = answers.values[question] { checkComparison(answer, "\(question)") }
        }
    }

    // MARK: - Reports

    private mutating func checkDays(_ report: JSONValue) {
        var expected = 0
        for model in models {
            let rows = truth.rows(of: model, asOf: instant)
            for version in Set(rows.map(\.prediction.version)) {
                let own = rows.filter { $0.prediction.version == version }
                for (day, rows) in Dictionary(grouping: own, by: day) {
                    let start = Instant(seconds: Int64(truth.calendar.start(ofDay: day)))
                    // The first window may begin within its day.
                    let window = report.model(model, version: version)?.windows.first {
                        $0.holds(Instant(microseconds: rows[0].prediction.predictedAt))
                    }
                    expected += 1
                    check(window, rows, "\(name(model))/\(name(version)) on \(start.iso8601)")
                }
            }
        }
        let windows = report["models"]?.elements.reduce(0) { $0 + $1.windows.count }
        equal(windows.map(Double.init), Double(expected), "windows")
    }

    private mutating func checkWeeks(_ report: JSONValue) {
        for model in models {
            let rows = held.rows(of: model, asOf: instant)
            // 1970-01-01 was a Thursday.
            let weeks = Dictionary(grouping: rows) { row in
                Int((Double(day(row) + 3) / 7).rounded(.down))
            }
            for (week, rows) in weeks {
                let window = report.model(model, version: nil)?.windows.first {
                    guard let at = rows.first?.prediction.predictedAt else { return false }
                    return $0.holds(Instant(microseconds: at))
                }
                check(window, rows, "\(name(model)) in week \(week)")
            }
        }
    }

    private mutating func checkSlice(_ report: JSONValue) {
        for model in models {
            let rows = truth.rows(of: model, country: Array("DE".utf8), asOf: instant)
            guard !rows.isEmpty else { continue }
            let windows = report.model(model, version: nil)?.windows ?? []
            check(windows.first, rows, "\(name(model)) in DE")
        }
    }

    private mutating func check(_ window: JSONValue?, _ rows: [PlainTruth.Row], _ place: String) {
        guard let window else {
            failures.append("\(place): no window")
            return
        }
        for (member, expected) in truth.numbers(rows) {
            if let metric = window["metrics"]?[member] {
                equal(metric, expected, "\(place): \(member)")
            } else {
                equal(window[member]?.double, expected, "\(place): \(member)")
            }
        }
    }

    // MARK: - Labels, rows, comparisons

    private mutating func checkLabels(_ status: JSONValue) {
        for (member, expected) in held.labelCounts(asOf: instant) {
            equal(status[member]?.double, expected, "labels status: \(member)")
        }
    }

    private mutating func checkContradictions(
        _ answer: JSONValue,
        _ question: String,
        _ truth: PlainTruth
    ) {
        guard !question.hasPrefix("comparison") || answer["forgotten"] == nil else { return }
        let (scores, labels) = truth.contradictions(asOf: instant)
        let hasNone = scores == 0 && labels == 0
        let contradictions = answer["contradictions"]
        equal(
            contradictions?["scores"]?.double,
            hasNone ? nil : Double(scores),
            "\(question): contradictory scores"
        )
        equal(
            contradictions?["labels"]?.double,
            hasNone ? nil : Double(labels),
            "\(question): contradictory labels"
        )
    }

    private mutating func checkRows(_ page: JSONValue) {
        let rows = models.flatMap { held.rows(of: $0, asOf: instant) }
        let answered = page["rows"]?.elements ?? []
        equal(Double(answered.count), Double(rows.count), "rows")
        for row in rows {
            let own = answered.first {
                $0["prediction_id"]?.bytes == row.prediction.id
                    && $0["model"]?.bytes == row.prediction.model
            }
            let place = "row \(name(row.prediction.id)) of \(name(row.prediction.model))"
            equal(own?["score"]?.double, row.prediction.score, "\(place): score")
            let statuses: [PlainTruth.Outcome: String] = [
                .implied: "implied", .pending: "pending", .overdue: "overdue",
            ]
            let expected = statuses[row.outcome] ?? "labelled"
            count += 1
            if own?["status"]?.bytes != Array(expected.utf8) {
                failures.append("\(place): \(own?["status"]?.text ?? "missing") for \(expected)")
            }
        }
    }

    private mutating func checkComparison(_ report: JSONValue, _ question: String) {
        // Pairs that were not kept when they were forgotten are missing.
        guard let champion = report["champion"]?.bytes, report["forgotten"] == nil else { return }
        for comparison in report["comparisons"]?.elements ?? [] {
            guard let shadow = comparison["shadow"]?.bytes else { continue }
            let place = "\(question): \(name(champion)) and \(name(shadow))"
            let expected = truth.comparison(champion: champion, shadow: shadow, asOf: instant)
            let metric = comparison["metrics"]?[truth.kind == .binary ? "brier_score" : "mae"]
            for (member, number) in expected {
                let answered =
                    switch member {
                    case "pairs": comparison["pairs"]
                    case "champion", "shadow": metric?[member]
                    default: comparison["unpaired"]?[member]
                    }
                equal(answered?.double, number, "\(place): \(member)")
            }
        }
    }

    // MARK: - Numbers

    private var models: [[UInt8]] {
        let known = truth.predictions.filter { $0.knownAt <= instant }
        return Set(known.map(\.model)).sorted { $0.lexicographicallyPrecedes($1) }
    }

    private func day(_ row: PlainTruth.Row) -> Int {
        truth.calendar.day(of: truth.seconds(row.prediction.predictedAt))
    }

    private func name(_ bytes: [UInt8]) -> String {
        String(decoding: bytes, as: UTF8.self) + (bytes.contains { $0 > 127 } ? "\(bytes)" : "")
    }

    private mutating func equal(_ metric: JSONValue, _ expected: Double?, _ place: String) {
        equal(metric["value"]?.double, expected, place, bound: metric["bound"]?.double ?? 0)
        if metric["value"]?.double == nil, metric["reason"]?.bytes == nil {
            failures.append("\(place): null without a reason")
        }
    }

    private mutating func equal(
        _ answered: Double?,
        _ expected: Double?,
        _ place: String,
        bound: Double = 0
    ) {
        count += 1
        switch (answered, expected) {
        case (nil, nil): return
        case (let answered?, let expected?):
            let size = place.hasSuffix("r2") ? 1e3 : max(abs(expected), scale)
            if abs(answered - expected) <= bound + 1e-9 * size { return }
        default: break
        }
        failures.append(
            "\(place): \(answered.map { "\($0)" } ?? "null") for \(expected.map { "\($0)" } ?? "null")"
        )
    }
}

extension JSONValue {
    fileprivate var double: Double? {
        switch self {
        case .integer(let value): Double(value)
        case .number(let value): value
        default: nil
        }
    }

    fileprivate var bytes: [UInt8]? {
        guard case .string(let text) = self else { return nil }
        return Array(text.utf8)
    }

    fileprivate var elements: [JSONValue] {
        guard case .array(let elements) = self else { return [] }
        return elements
    }

    fileprivate var windows: [JSONValue] { self["windows"]?.elements ?? [] }

    fileprivate func model(_ model: [UInt8], version: [UInt8]?) -> JSONValue? {
        self["models"]?.elements.first {
            $0["model"]?.bytes == model && $0["version"]?.bytes == version
        }
    }

    /// Whether an instant lies in a window.
    fileprivate func holds(_ instant: Instant) -> Bool {
        guard let start = self["start"]?.bytes, let end = self["end"]?.bytes else { return false }
        let text = Array(instant.iso8601.utf8)
        // Of the same length, times sort as their texts.
        return !text.lexicographicallyPrecedes(start) && text.lexicographicallyPrecedes(end)
    }
}
