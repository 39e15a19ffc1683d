import Evaluation
import Harness
import Ingest
import Store
import TestSupport
import Testing

/// Files as people have them: duplicates, conflicts, corrections, orphans, and rows that are no rows.
@Suite(.temporaryDatabase, .hangLimit)
struct DirtyFlightsTests {
    @Test func `T1, T2, T3 and T4: every defect is counted and spoils nothing`() async throws {
        let laboratory = try await Laboratory(
            PredictionTask(name: "dirty", kind: .binary, horizonSeconds: 2 * 86_400)
        )
        let predictions = try await laboratory.predictions(
            .file(Fixtures.path("dirty_flights_predictions.csv.gz")),
            columns: [
                "prediction_id=key,predicted_at=event_time,known_at=event_time",
                "version=model_version",
            ],
            backfill: true
        )
        let labels = try await laboratory.labels(
            .file(Fixtures.path("dirty_flights_labels.csv.gz")),
            columns: ["prediction_id=key,observed_at=label_time,known_at=label_time"],
            backfill: true
        )
        let expected = try Expected("dirty_flights_expected.json")
        let defects = expected["defects"]
        let wanted = expected["first_prediction_wins"]

        #expect(predictions.counts.received == 4075)
        #expect(predictions.rejects.count { $0.field == "score" } == 14)
        #expect(predictions.rejects.count { $0.field == "predicted_at" } == 5)
        #expect(predictions.counts.rejected == 19)
        #expect(Int(predictions.counts.duplicate) == defects["prediction_exact_duplicate"].int)
        #expect(Int(predictions.counts.conflict) == defects["prediction_rescored_15_min_later"].int)

        #expect(labels.counts.received == 2051)
        #expect(Int(labels.counts.rejected) == wanted["rejected_label_rows"].int)
        #expect(Int(labels.counts.duplicate) == defects["label_exact_duplicate"].int)
        #expect(Int(labels.counts.orphan) == wanted["orphan_labels"].int)
        // One revision for each of 50 labels, two for each of 15.
        #expect(labels.counts.corrected == 50 + 2 * 15)
        #expect(
            Int(labels.counts.labelBeforePrediction) == defects["label_time_before_event_time"].int
        )

        let status = try await LabelStatus(pool: laboratory.pool, task: laboratory.task).run()
        #expect(status.predictionIDs == wanted["distinct_prediction_keys"].int)
        #expect(status.labelled + status.orphans == wanted["labels_kept"].int)
        #expect(status.orphans == 35 && status.orphanIDs.first?.hasPrefix("ZZ9000") == true)
        #expect(status.labelBeforePrediction == 12)
        #expect(status.corrected == 65)

        let report = try await laboratory.report(ReportQuery(isExact: true))
        try check(report, wanted)
        let asOf = expected["as_of"].keys[0]
        try check(
            try await laboratory.report(
                ReportQuery(asOf: try Instant(parsing: asOf), isExact: true)
            ),
            expected["as_of"][asOf]
        )

        let comparison = try #require(
            try await CompareModels(
                pool: laboratory.pool,
                task: laboratory.task,
                query: ComparisonQuery()
            ).run().comparisons.first
        )
        #expect(comparison.pairs == wanted["paired_keys"].int)
        let brier = try #require(comparison.metrics.first { $0.name == "brier_score" })
        expectClose(brier.champion, wanted["paired_brier"]["champion"].number, "paired champion")
        expectClose(brier.shadow, wanted["paired_brier"]["shadow"].number, "paired shadow")
        #expect(comparison.championOnly == 25 && comparison.shadowOnly == 19)
        #expect(try await laboratory.verify().isClean)
    }

    private func check(_ report: Report, _ wanted: Expected) throws {
        for model in report.models {
            let numbers = wanted[model.model.text]
            let window = model.windows[0]
            #expect(window.predictions == numbers["predictions"].int)
            #expect(window.labelled == numbers["matched"].int)
            #expect(window.pending + window.overdue == numbers["pending"].int)
            for (ours, theirs) in FlightsTests.metrics {
                expectClose(
                    model.metric(ours)?.value,
                    numbers["metrics"][theirs].number,
                    "\(model.model) \(ours)"
                )
            }
        }
    }

    @Test func `T1: sending the same files again changes nothing`() async throws {
        let laboratory = try await Laboratory(
            PredictionTask(name: "dirty", kind: .binary, horizonSeconds: 2 * 86_400)
        )
        let source = InputSource.file(Fixtures.path("dirty_flights_predictions.csv.gz"))
        let columns = ["prediction_id=key,predicted_at=event_time,version=model_version"]
        let first = try await laboratory.predictions(source, columns: columns)
        let again = try await laboratory.predictions(source, columns: columns)
        #expect(again.isResend)
        #expect(again.counts.duplicate == first.counts.received - first.counts.rejected)
        #expect(again.counts.accepted == 0)
        #expect(again.rejects.count == first.rejects.count)
        // The same rows in another file are no resend of the file, and are duplicates one by one.
        let csv =
            "prediction_id,predicted_at,model,version,score\n"
            + "AA1-LGA-201305280900,2013-05-28T11:00:00Z,champion,v1,0.5\n"
        let row = try await laboratory.predictions(.text(csv))
        let rowAgain = try await laboratory.predictions(.text(csv + "\n"))
        #expect(row.counts.accepted + row.counts.conflict == 1)
        #expect(rowAgain.counts.duplicate == 1 && !rowAgain.isResend)
        #expect(try await laboratory.verify().isClean)
    }
}
