import Evaluation
import Harness
import Ingest
import TestSupport
import Testing

/// Situations in which other tools were reported to give wrong numbers, with the right ones.
@Suite(.temporaryDatabase, .hangLimit)
struct ReportedCasesTests {
    private func laboratory(
        _ name: Name,
        _ kind: TaskKind,
        slices: [Name] = []
    ) async throws -> Laboratory {
        let laboratory = try await Laboratory(
            PredictionTask(name: name, kind: kind, horizonSeconds: 86_400, sliceKeys: slices)
        )
        try await laboratory.predictions(
            .file(Fixtures.path("reported/\(name)_predictions.csv.gz"))
        )
        try await laboratory.labels(.file(Fixtures.path("reported/\(name)_labels.csv.gz")))
        return laboratory
    }

    private func report(
        _ laboratory: Laboratory,
        by period: ReportPeriod = .all,
        exact: Bool = false
    ) async throws -> ModelReport {
        var query = ReportQuery()
        query.period = period
        query.isExact = exact
        return try #require(try await laboratory.report(query).models.first)
    }

    private func expect(
        _ report: ModelReport,
        _ values: [String: Double],
        within tolerance: Double = 1e-9
    ) {
        for (name, value) in values {
            let got = report.metric(name)?.value ?? .nan
            #expect(
                abs(got - value) <= tolerance * max(1, abs(value)),
                "\(name) is \(got), not \(value)"
            )
        }
    }

    @Test(arguments: [false, true])
    func `the spread of labels around a million is not lost`(exact: Bool) async throws {
        let laboratory = try await laboratory("r2_large_mean", .regression)
        let report = try await report(laboratory, exact: exact)
        expect(
            report,
            [
                "mae": 0.39963500000187197, "rmse": 0.49750478169043544,
                "mean_error": -0.01644300000160001, "mean_label": 1_000_000.0600915,
                "wape": 3.996349759872068e-07, "r2": 0.740192522737179,
            ]
        )
        let median = try #require(report.metric("median_ae"))
        let distance = abs(try #require(median.value) - 0.3479500000248663)
        #expect(distance <= (try #require(median.bound)) + 1e-12)
        #expect(!exact || median.bound == 0)
        #expect(try await laboratory.verify().isClean)
    }

    @Test(arguments: [false, true])
    func `a meter at 850,000 that moves by two has its R²`(exact: Bool) async throws {
        let laboratory = try await laboratory("r2_meter_reading", .regression)
        expect(
            try await report(laboratory, exact: exact),
            ["r2": 0.7583326109219801, "rmse": 0.965390076599056]
        )
    }

    @Test func `the median of an even number of errors lies within its bound`() async throws {
        let medians = [
            3.135, 5.16, 7.005, 8.595, 7.015, 6.94, 9.615, 9.7, 7.12, 8.055, 6.225, 20.64, 7.94,
            1.52, 4.4, 8.295, 2.13, 7.09, 5.57, 14.985,
        ]
        let laboratory = try await laboratory("median_even", .regression)
        let cells = try await report(laboratory, by: .day)
        let rows = try await report(laboratory, by: .day, exact: true)
        #expect(cells.windows.count == medians.count)
        for (day, median) in medians.enumerated() {
            let binned = try #require(cells.metric("median_ae", window: day))
            let distance = abs(try #require(binned.value) - median)
            #expect(distance <= (try #require(binned.bound)) + 1e-12, "day \(day)")
            let exact = try #require(rows.metric("median_ae", window: day)?.value)
            #expect(abs(exact - median) < 1e-9, "day \(day)")
        }
    }

    @Test func `the interval of two unlike days stays where a score can be`() async throws {
        let report = try await report(try await laboratory("two_unlike_days", .binary))
        expect(report, ["brier_score": 0.41])
        let brier = try #require(report.metric("brier_score"))
        #expect(try #require(brier.low) >= 0 && (try #require(brier.high)) <= 1)
        let logLoss = try #require(report.metric("log_loss"))
        #expect(try #require(logLoss.low) >= 0)
        #expect(try #require(logLoss.low) < (try #require(logLoss.value)))
        #expect(try #require(logLoss.high) <= 34.54)
    }

    @Test func `scores of the negative class are shown as they rank, never turned round`()
        async throws
    {
        let laboratory = try await laboratory("reversed_scores", .binary)
        expect(
            try await report(laboratory, exact: true),
            [
                "brier_score": 0.45837376666666674, "accuracy": 0.2733333333333333,
                "log_loss": 1.2544708799611897, "roc_auc": 0.2690117819493771,
                "average_precision": 0.18279690543026716,
            ]
        )
        let cells = try await report(laboratory)
        #expect(try #require(cells.metric("roc_auc")?.value) < 0.5)
        #expect(try #require(cells.metric("calibration_slope")?.value) < 0)
        #expect(try await laboratory.verify().isClean)
    }

    @Test func `hundreds of slices, some with one class, each count their own`() async throws {
        let laboratory = try await laboratory("hundreds_of_slices", .binary, slices: ["country"])
        let all = try await report(laboratory)
        #expect(all.windows.first?.labelled == 1500)
        expect(all, ["brier_score": 0.16098269466666668])
        func slice(_ value: Name, exact: Bool) async throws -> ModelReport {
            var query = ReportQuery()
            query.slice = Slice(key: "country", value: value)
            query.isExact = exact
            return try #require(try await laboratory.report(query).models.first)
        }
        let small = try await slice("c011", exact: false)
        #expect(small.windows.first?.labelled == 5)
        expect(small, ["brier_score": 0.1966792])
        let oneClass = try await slice("c007", exact: true)
        #expect(oneClass.metric("roc_auc")?.value == nil)
        #expect(oneClass.metric("roc_auc")?.reason == .noNegatives)
        expect(oneClass, ["base_rate": 1])
        #expect(try await laboratory.verify().isClean)
    }

    @Test func `a constant model with labels of one class is judged, and nothing is no number`()
        async throws
    {
        let laboratory = try await Laboratory(
            PredictionTask(name: "one_class", kind: .binary, horizonSeconds: 86_400)
        )
        let first = try Instant(parsing: "2024-01-01T00:00:00Z")
        var predictions = "prediction_id,predicted_at,known_at,model,score\n"
        var labels = "prediction_id,observed_at,known_at,label\n"
        for row in 0..<800 {
            let made = first.advanced(bySeconds: Int64(row / 8) * 86_400 + Int64(row % 8) * 600)
            let known = made.advanced(bySeconds: 21_600)
            predictions += "r\(row),\(made.iso8601),\(made.iso8601),champion,0.1\n"
            labels += "r\(row),\(known.iso8601),\(known.iso8601),0\n"
        }
        try await laboratory.predictions(.text(predictions), backfill: true)
        try await laboratory.labels(.text(labels), backfill: true)
        let recommendation = try await laboratory.recommend("2024-06-01")
        #expect(recommendation.verdict == .keep)
        #expect(
            recommendation.evidence.allSatisfy {
                $0.value.map(\.isFinite) ?? ($0.state == .missing)
            }
        )
        #expect(recommendation.reasons.allSatisfy { !$0.contains("nan") })
        for method in RecalibrationMethod.allCases {
            let report = try await Recalibrate(
                pool: laboratory.pool,
                task: laboratory.task,
                query: RecalibrationQuery(
                    method: method,
                    asOf: try Instant(parsing: "2024-06-01T00:00:00Z")
                )
            ).run()
            if case .line(let intercept, let slope) = report.map {
                #expect(intercept.isFinite && slope.isFinite)
            }
            let changes = try #require(report.validation)
            for change in [changes.brier, changes.logLoss, changes.miscalibration] {
                #expect(change.before.isFinite && change.after.isFinite && change.gain.isFinite)
                #expect(change.low.map(\.isFinite) ?? true)
            }
        }
        let report = try await report(laboratory)
        #expect(report.metric("roc_auc")?.reason == .noPositives)
        #expect(report.metric("brier_score")?.reason == .rowsForDays)
    }
}
