import Contract
import Evaluation
import Harness
package import Presentation

extension Endpoint where Answer == ReportResult {
    /// Answers how good each model is, over time, on what is known.
    ///
    /// Parameters are those of `ReportQuery`, and `metrics`; where none is named, a table has the usual ones, and JSON
    /// and CSV have all.
    package static var report: Endpoint<ReportResult> {
        Endpoint(ofTask: "/report") { asked in
            let asking = try ReportQuery.asking(asked.parameters)
            let metrics = asked.parameters.list("metrics")
            return { task in (query: try asking(task), metrics: metrics) }
        } answer: { desk, task, question in
            let metrics = try MetricNames.chosen(question.metrics, kind: task.kind)
            var query = question.query
            if question.metrics != nil || desk.isForTable { query.metrics = Set(metrics) }
            return ReportResult(
                report: try await MakeReport(pool: desk.readers, task: task, query: query).run(),
                metrics: metrics,
                slice: query.slice?.text
            )
        }
    }
}

extension Endpoint where Answer == CalibrationResult {
    /// Answers whether probabilities mean what they say.
    package static var calibration: Endpoint<CalibrationResult> {
        Endpoint(ofTask: "/calibration") {
            try CalibrationQuery.asking($0.parameters)
        } answer: { desk, task, query in
            CalibrationResult(
                report: try await ReportCalibration(pool: desk.readers, task: task, query: query)
                    .run(),
                slice: query.report.slice?.text
            )
        }
    }
}

extension Endpoint where Answer == LabelStatusResult {
    /// Coverage, delay, what is pending, overdue, orphaned, corrected, rejected.
    package static var labelStatus: Endpoint<LabelStatusResult> {
        Endpoint(ofTask: "/labels/status") { asked in
            let asOf = try asked.parameters.moment("as_of")
            return { try asOf.instant(in: $0) }
        } answer: { desk, task, asOf in
            LabelStatusResult(
                report: try await LabelStatus(pool: desk.readers, task: task, asOf: asOf).run()
            )
        }
    }
}

extension Endpoint where Answer == VerifyResult {
    /// Recompute every cell from the ledger and compare bit for bit.
    package static var verification: Endpoint<VerifyResult> {
        Endpoint(.post, ofTask: "/verification", .admin) { asked in
            let repairs = try asked.parameters.flag("repair")
            return { _ in repairs }
        } answer: { desk, task, repairs in
            VerifyResult(
                report: repairs
                    ? try await VerifyCells(pool: desk.writers, task: task)
                        .repairing(author: desk.author)
                    : try await VerifyCells(pool: desk.readers, task: task).run()
            )
        }
    }
}
