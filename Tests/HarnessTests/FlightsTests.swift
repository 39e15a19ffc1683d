import Evaluation
import Harness
import Ingest
import TestSupport
import Testing

@Suite(.temporaryDatabase, .hangLimit)
struct FlightsTests {
    /// Our name of a metric, and the fixture's.
    static let metrics = [
        ("accuracy", "accuracy"), ("roc_auc", "auc"), ("brier_score", "brier"),
        ("log_loss", "log_loss"), ("ece_10", "ece_10"), ("ece_15", "ece_15"),
        ("base_rate", "base_rate"), ("mean_score", "mean_score"),
    ]
    static let overallMetrics =
        metrics + [
            ("precision", "precision"), ("recall", "recall"), ("f1", "f1"),
            ("average_precision", "average_precision"), ("mce_10", "mce_10"),
        ]

    @Test func `T6: reports of a year of flights equal the expected numbers`() async throws {
        let laboratory = try await Laboratory.flights()
        let expected = try Expected("flights_expected.json")
        let report = try await laboratory.report(ReportQuery(isExact: true))
        #expect(report.models.map(\.model) == ["champion", "shadow"])
        for model in report.models {
            let wanted = expected["models"][model.model.text]["overall"]
            #expect(model.windows[0].labelled == wanted["n"].int)
            #expect(model.windows[0].predictions == 27_158)
            #expect(model.windows[0].overdue == 682)
            for (ours, theirs) in Self.overallMetrics {
                expectClose(
                    model.metric(ours)?.value,
                    wanted[theirs].number,
                    "\(model.model) \(ours)"
                )
            }
        }
        try await checkMonths(laboratory, expected)
        try await checkCells(laboratory, expected)
        #expect(try await laboratory.verify().isClean)
    }

    private func checkMonths(_ laboratory: Laboratory, _ expected: Expected) async throws {
        let report = try await laboratory.report(ReportQuery(period: .month, isExact: true))
        for model in report.models {
            let months = expected["models"][model.model.text]["by_month"]
            #expect(model.windows.count == months.keys.count)
            for (window, month) in zip(model.windows.indices, months.keys) {
                #expect(model.windows[window].window.start.iso8601.hasPrefix(month))
                #expect(model.windows[window].labelled == months[month]["n"].int)
                for (ours, theirs) in Self.metrics {
                    expectClose(
                        model.metric(ours, window: window)?.value,
                        months[month][theirs].number,
                        "\(model.model) \(month) \(ours)"
                    )
                }
            }
        }
    }

    /// From cells, areas and average precision lie within the bound that is stated, and it is narrow.
    private func checkCells(_ laboratory: Laboratory, _ expected: Expected) async throws {
        let report = try await laboratory.report()
        for model in report.models {
            let wanted = expected["models"][model.model.text]["overall"]
            for (ours, theirs) in [("roc_auc", "auc"), ("average_precision", "average_precision")] {
                let estimate = try #require(model.metric(ours))
                let bound = try #require(estimate.bound)
                expectClose(
                    estimate.value,
                    wanted[theirs].number,
                    within: bound,
                    "\(model.model) \(ours)"
                )
                if ours == "roc_auc" { #expect(bound < 0.0025) }
            }
            for (ours, theirs) in Self.overallMetrics
            where ours != "roc_auc" && ours != "average_precision" {
                expectClose(
                    model.metric(ours)?.value,
                    wanted[theirs].number,
                    "\(model.model) \(ours)"
                )
            }
        }
    }

    @Test func `T7: numbers as of an instant are those known by then`() async throws {
        let laboratory = try await Laboratory.flights()
        let expected = try Expected("flights_expected.json")["as_of"]
        #expect(expected.keys.count == 4)
        for instant in expected.keys {
            let report = try await laboratory.report(
                ReportQuery(asOf: try Instant(parsing: instant), isExact: true)
            )
            for model in report.models {
                let wanted = expected[instant][model.model.text]
                let window = model.windows[0]
                #expect(window.predictions == wanted["predictions"].int)
                #expect(window.labelled == wanted["labelled"].int)
                #expect(window.pending + window.overdue == wanted["pending"].int)
                expectClose(window.coverage, wanted["coverage"].number, "coverage")
                for (ours, theirs) in Self.metrics {
                    expectClose(
                        model.metric(ours)?.value,
                        wanted["metrics"][theirs].number,
                        "\(instant) \(model.model) \(ours)"
                    )
                }
            }
        }
    }

    @Test func `T8: a young window says that it is young, and later reads differently`()
        async throws
    {
        let laboratory = try await Laboratory.flights()
        let expected = try Expected("flights_expected.json")["young_window_bias"]
        for instant in expected.keys {
            let wanted = expected[instant]
            let evening = try Instant(parsing: instant)
            // The fixture's window is (12 hours before, evening]; ours is [from, to).
            let query = ReportQuery(
                window: Window(
                    from: evening.advanced(bySeconds: -12 * 3600 + 1),
                    upTo: evening.advanced(bySeconds: 1)
                ),
                model: "champion",
                asOf: evening
            )
            let young = try #require(try await laboratory.report(query).models.first?.windows.first)
            #expect(young.predictions == wanted["predictions_last_12h"].int)
            #expect(young.labelled == wanted["labelled_by_then"].int)
            #expect(!young.isMature)
            #expect(young.pending == young.predictions - young.labelled)
            expectClose(
                young.metrics.first { $0.name == "brier_score" }?.estimate.value,
                wanted["brier_by_then"].number,
                "Brier score by then"
            )
            var later = query
            later.asOf = nil
            let final = try #require(try await laboratory.report(later).models.first?.windows.first)
            #expect(final.isMature)
            #expect(final.overdue == wanted["never_labelled"].int)
            expectClose(
                final.metrics.first { $0.name == "brier_score" }?.estimate.value,
                wanted["brier_final"].number,
                "final Brier score"
            )
        }
    }

    @Test func `T10: the comparison uses the same requests and finds the shadow better overall`()
        async throws
    {
        let laboratory = try await Laboratory.flights()
        let expected = try Expected("flights_expected.json")["paired"][0]
        let report = try await CompareModels(
            pool: laboratory.pool,
            task: laboratory.task,
            query: ComparisonQuery(isExact: true)
        ).run()
        let comparison = try #require(report.comparisons.first)
        #expect(comparison.pairs == expected["n_paired"].int)
        #expect(comparison.championOnly == 0 && comparison.shadowOnly == 0)
        for (ours, theirs) in [
            ("brier_score", "brier"), ("log_loss", "log_loss"), ("accuracy", "accuracy"),
        ] {
            let metric = try #require(comparison.metrics.first { $0.name == ours })
            expectClose(metric.champion, expected[theirs]["champion"].number, "\(ours) champion")
            expectClose(metric.shadow, expected[theirs]["shadow"].number, "\(ours) shadow")
            #expect(metric.gain ?? 0 > 0, "\(ours) is better for the shadow")
        }
        let area = try #require(comparison.metrics.first { $0.name == "roc_auc" })
        expectClose(area.gain, expected["delong"]["diff_b_minus_a"].number, "gain in AUC")
        expectClose(
            comparison.tests.deLongZ,
            expected["delong"]["z_a_minus_b"].number.map { -$0 },
            within: 1e-8,
            "z of DeLong"
        )
        #expect(
            comparison.tests.championRightOnly
                == expected["mcnemar"]["champion_right_shadow_wrong"].int
        )
        #expect(
            comparison.tests.shadowRightOnly
                == expected["mcnemar"]["champion_wrong_shadow_right"].int
        )
        // A year of weather days is not enough at every look: a naive t of 8.6 is 3.3 with days as blocks.
        #expect(comparison.sequence.cohorts == 293)
        #expect(comparison.verdict == .undecided)
        let fromCells = try await CompareModels(
            pool: laboratory.pool,
            task: laboratory.task,
            query: ComparisonQuery()
        ).run()
        #expect(fromCells.comparisons.first?.sequence == comparison.sequence)
        expectClose(
            fromCells.comparisons.first?.metrics.first?.gain,
            comparison.metrics.first?.gain,
            within: 0,
            "cells and rows agree to the bit"
        )
    }

    @Test func `delays in minutes equal the expected numbers`() async throws {
        let laboratory = try await Laboratory(
            PredictionTask(name: "delay", kind: .regression, horizonSeconds: 2 * 86_400)
        )
        try await laboratory.predictions(
            .file(Fixtures.path("flights_predictions.csv.gz")),
            columns: [
                "prediction_id=key,predicted_at=event_time,known_at=event_time",
                "version=model_version,value=expected_delay_min",
            ],
            ignore: ["score"],
            backfill: true
        )
        try await laboratory.labels(
            .file(Fixtures.path("flights_labels.csv.gz")),
            columns: [
                "prediction_id=key,observed_at=label_time,known_at=label_time",
                "label=arrival_delay_min",
            ],
            ignore: ["label"],
            backfill: true
        )
        let expected = try Expected("flights_expected.json")["regression"]
        let names = [
            ("mae", "mae"), ("rmse", "rmse"), ("mean_error", "bias_mean_pred_minus_truth"),
            ("r2", "r2"), ("median_ae", "median_abs_error"),
        ]
        let overall = try await laboratory.report(ReportQuery(isExact: true))
        let months = try await laboratory.report(ReportQuery(period: .month, isExact: true))
        for (model, monthly) in zip(overall.models, months.models) {
            let wanted = expected[model.model.text]
            for (ours, theirs) in names {
                expectClose(
                    model.metric(ours)?.value,
                    wanted["overall"][theirs].number,
                    "\(model.model) \(ours)"
                )
                for (window, month) in wanted["by_month"].keys.enumerated() {
                    expectClose(
                        monthly.metric(ours, window: window)?.value,
                        wanted["by_month"][month][theirs].number,
                        "\(model.model) \(month) \(ours)"
                    )
                }
            }
        }
        let cells = try await laboratory.report()
        for model in cells.models {
            let median = try #require(model.metric("median_ae"))
            expectClose(
                median.value,
                expected[model.model.text]["overall"]["median_abs_error"].number,
                within: try #require(median.bound),
                "median from cells"
            )
        }
        #expect(try await laboratory.verify().isClean)
    }

    @Test func `label delays equal the expected quantiles`() async throws {
        let laboratory = try await Laboratory.flights()
        let expected = try Expected("flights_expected.json")["label_delay_hours"]
        let status = try await LabelStatus(pool: laboratory.pool, task: laboratory.task).run()
        let all = try #require(status.delays.first { $0.name == "all" })
        expectClose(all.p50, expected["all"]["p50"].number, "median delay")
        expectClose(all.p95, expected["all"]["p95"].number, "95 % delay")
        expectClose(
            status.delays.first { $0.name == "1" }?.p50,
            expected["late"].number,
            "late flights"
        )
        expectClose(
            status.delays.first { $0.name == "0" }?.p50,
            expected["on_time"].number,
            "punctual"
        )
    }
}
