import Evaluation
import Harness
import Ingest
import TestSupport
import Testing

/// The rows behind a number are the rows that the number counts.
@Suite(.temporaryDatabase, .hangLimit)
struct RowTests {
    private static let end = "2024-03-01T00:00:00Z"

    /// Predictions of two models, some of them competing, scattered or corrected; labels that are late, wrong,
    /// withdrawn or missing.
    private func laboratory(_ policy: LabelPolicy = .pending) async throws -> Laboratory {
        let laboratory = try await Laboratory(
            PredictionTask(
                name: "t",
                kind: .binary,
                horizonSeconds: 10 * 86_400,
                labelPolicy: policy,
                sliceKeys: ["origin"],
                partitionDays: .week
            )
        )
        var predictions = "prediction_id,predicted_at,known_at,model,score,origin\n"
        var labels = "prediction_id,observed_at,known_at,label\n"
        for number in 0..<240 {
            let day = "2024-0\(number % 2 + 1)-\(Self.digits(number % 28 + 1))"
            let hour = Self.digits(number % 24)
            let origin = number % 3 == 0 ? "JFK" : "LGA"
            for model in ["a", "b"] where number % 5 != 0 || model == "a" {
                let score = Double((number * (model == "a" ? 7 : 11)) % 100) / 100
                predictions +=
                    "p\(number),\(day)T\(hour):00:00Z,\(day)T\(hour):00:01Z,\(model),\(score),\(origin)\n"
            }
            if number % 7 == 0 {
                // Told again with an earlier time, which then stands; some in another partition.
                predictions +=
                    "p\(number),2024-01-\(Self.digits(number % 28 + 1))T00:30:00Z,2024-02-20T00:00:00Z,a,0.5,LGA\n"
            }
            guard number % 4 != 0 else { continue }
            labels += "p\(number),\(day)T23:00:00Z,\(day)T23:30:00Z,\(number % 2)\n"
            if number % 6 == 1 {
                labels += "p\(number),2024-02-28T00:00:00Z,2024-02-28T00:00:00Z,\(1 - number % 2)\n"
            }
            if number % 10 == 3 {
                labels += "p\(number),2024-02-29T00:00:00Z,2024-02-29T00:00:00Z,withdrawn\n"
            }
        }
        try await laboratory.predictions(.text(predictions), backfill: true)
        try await laboratory.labels(.text(labels), backfill: true)
        return laboratory
    }

    private static func digits(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

    private func rows(_ laboratory: Laboratory, _ query: RowQuery) async throws -> RowPage {
        try await ListRows(pool: laboratory.pool, task: laboratory.task, query: query).run()
    }

    /// All pages one after the other.
    private func all(
        _ laboratory: Laboratory,
        _ query: RowQuery
    ) async throws -> [RowPage.Row] {
        var query = query
        var all: [RowPage.Row] = []
        while true {
            let page = try await rows(laboratory, query)
            #expect(page.rows.count <= query.limit)
            all += page.rows
            guard let next = page.next else { return all }
            #expect(page.rows.count == query.limit, "a page that is not the last is full")
            query.after = next
        }
    }

    @Test(arguments: [LabelPolicy.pending, .negative])
    func `rows are counted as the report counts them, now and as of any instant`(
        policy: LabelPolicy
    ) async throws {
        let laboratory = try await laboratory(policy)
        let instants: [String?] = [
            nil, Self.end, "2024-01-09T12:00:00Z", "2024-02-10T00:00:00Z", "2024-02-20T00:00:00Z",
        ]
        let windows: [(String?, String?)] = [
            (nil, nil), ("2024-01-05T00:00:00Z", "2024-02-07T00:00:00Z"),
            ("2024-01-20T07:00:00Z", "2024-01-20T19:00:00Z"),
        ]
        for asOf in instants {
            for (from, to) in windows {
                for slice in [nil, Slice(key: "origin", value: "JFK")] {
                    let report = try await laboratory.report(
                        ReportQuery(
                            window: try Window(
                                from: from.map { try Instant(parsing: $0) },
                                to: to.map { try Instant(parsing: $0) }
                            ),
                            slice: slice,
                            asOf: try asOf.map { try Instant(parsing: $0) }
                        )
                    )
                    for model in report.models {
                        let window = try #require(model.windows.first)
                        let rows = try await all(
                            laboratory,
                            RowQuery(
                                window: report.interval,
                                model: model.model,
                                slice: slice,
                                asOf: try asOf.map { try Instant(parsing: $0) },
                                limit: 90
                            )
                        )
                        let place =
                            "\(model.model) \(asOf ?? "now") \(from ?? "") \(slice?.value ?? "")"
                        func count(_ status: OutcomeStatus) -> Int {
                            rows.count { $0.row.status == status }
                        }
                        #expect(rows.count == window.predictions, "\(place)")
                        #expect(count(.labelled) + count(.implied) == window.labelled, "\(place)")
                        #expect(count(.implied) == window.implied, "\(place)")
                        #expect(count(.pending) == window.pending, "\(place)")
                        #expect(count(.overdue) == window.overdue, "\(place)")
                        let losses = rows.compactMap(\.row.loss)
                        #expect(losses.count == window.labelled, "\(place)")
                        if let brier = model.metric("brier_score")?.value, !losses.isEmpty {
                            let mean = losses.reduce(0, +) / Double(losses.count)
                            #expect(abs(mean - brier) < 1e-9, "\(place)")
                        }
                    }
                }
            }
        }
    }

    @Test func `pages of any length are the same list, in order`() async throws {
        let laboratory = try await laboratory()
        let asOf = try Instant(parsing: Self.end)
        let whole = try await rows(laboratory, RowQuery(asOf: asOf, limit: 1_000))
        #expect(whole.next == nil)
        let names = whole.rows.map { "\($0.predictionID) \($0.model)" }
        #expect(Set(names).count == names.count)
        #expect(names.count > 400)
        let times = whole.rows.map(\.row.prediction.predictedAt)
        #expect(times == times.sorted())
        for limit in [7, 100] {
            let pages = try await all(laboratory, RowQuery(asOf: asOf, limit: limit))
            #expect(pages.map { "\($0.predictionID) \($0.model)" } == names, "\(limit)")
        }
    }

    @Test func `the worst are those with the largest loss`() async throws {
        let laboratory = try await laboratory()
        let asOf = try Instant(parsing: Self.end)
        let every = try await rows(laboratory, RowQuery(model: "a", asOf: asOf, limit: 1_000))
        let worst = try await rows(
            laboratory,
            RowQuery(model: "a", asOf: asOf, order: .worst, limit: 20)
        )
        #expect(worst.next == nil)
        let largest = every.rows.compactMap(\.row.loss).sorted(by: >).prefix(20)
        #expect(worst.rows.compactMap(\.row.loss) == Array(largest))
        #expect(worst.rows.allSatisfy { $0.row.label != nil })
    }

    @Test func `a model or a slice that there is not is told`() async throws {
        let laboratory = try await laboratory()
        await #expect(throws: HarnessError.self) {
            _ = try await rows(laboratory, RowQuery(model: "c"))
        }
        await #expect(throws: HarnessError.self) {
            _ = try await rows(
                laboratory,
                RowQuery(slice: Slice(key: "origin", value: "SFO"))
            )
        }
    }

    @Test func `one id shows all that was told of it and what stands`() async throws {
        let laboratory = try await laboratory()
        func record(_ id: String, _ asOf: String?) async throws -> PredictionRecord {
            try await ShowPrediction(
                pool: laboratory.pool,
                task: laboratory.task,
                predictionID: id,
                asOf: try asOf.map { try Instant(parsing: $0) }
            ).run()
        }
        // 7 was told twice by model a, labelled 1 and then corrected to 0.
        let seven = try await record("p7", nil)
        #expect(seven.predictions.map(\.model) == ["a", "a", "b"])
        #expect(seven.predictions.map { $0.standing != nil } == [true, false, true])
        #expect(seven.predictions[0].score == 0.5)
        #expect(seven.labels.map(\.revision.value) == [1, 0])
        #expect(seven.labels.map(\.stands) == [false, true])
        #expect(seven.predictions[0].standing?.loss == 0.25)
        #expect(seven.labels.allSatisfy { $0.uploadID > 0 })

        let before = try await record("p7", "2024-02-19T00:00:00Z")
        #expect(before.predictions.map { $0.standing != nil } == [true, true])
        #expect(before.labels.map(\.stands) == [true])

        // 13 was labelled, corrected and withdrawn.
        let thirteen = try await record("p13", nil)
        #expect(thirteen.labels.map(\.revision.value) == [1, 0, nil])
        #expect(thirteen.labels.map(\.stands) == [false, false, true])
        #expect(thirteen.predictions[0].standing?.status == .overdue)
        #expect(thirteen.predictions[0].standing?.label == nil)

        try await laboratory.labels(
            .text("prediction_id,observed_at,label\norphan,2024-01-01T00:00:00Z,1\n")
        )
        let orphan = try await record("orphan", nil)
        #expect(orphan.predictions.isEmpty && orphan.labels.count == 1)

        await #expect(throws: HarnessError.noSuchPrediction("P7", task: "t", rowsFrom: nil)) {
            _ = try await record("P7", nil)
        }
        await #expect(throws: HarnessError.noSuchPrediction("p7", task: "t", rowsFrom: nil)) {
            _ = try await record("p7", "2023-12-31T00:00:00Z")
        }
    }

    @Test func `a regression task shows numbers and absolute errors`() async throws {
        let laboratory = try await Laboratory(PredictionTask(name: "r", kind: .regression))
        try await laboratory.predictions(
            .text(
                "prediction_id,predicted_at,model,value\n7d444840-9dc0-11d1-b245-5ffdce74fad2,2024-01-01T00:00:00Z,m,12.5\n"
            )
        )
        try await laboratory.labels(
            .text(
                "prediction_id,observed_at,label\n7d444840-9dc0-11d1-b245-5ffdce74fad2,2024-01-02T00:00:00Z,10\n"
            )
        )
        let page = try await rows(laboratory, RowQuery())
        let row = try #require(page.rows.first)
        #expect(row.predictionID == "7d444840-9dc0-11d1-b245-5ffdce74fad2")
        #expect(row.row.score == 12.5 && row.row.label == 10 && row.row.loss == 2.5)
    }
}
