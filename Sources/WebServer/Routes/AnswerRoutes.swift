import Contract
import Dashboard
import Evaluation
import Harness
import HTTPTypes
import Presentation
import Store

/// Reports and everything else that is worked out from what was posted.
struct AnswerRoutes: Sendable {
    let backend: Backend

    var routes: [Route] {
        [
            Route(.get, "/v1/tasks/{task}/report", .scope(.read), AnswerDocumentation.report) {
                try await report($0)
            },
            Route(
                .get,
                "/v1/tasks/{task}/calibration",
                .scope(.read),
                AnswerDocumentation.calibration
            ) { try await calibration($0) },
            Route(
                .get,
                "/v1/tasks/{task}/labels/status",
                .scope(.read),
                AnswerDocumentation.labelStatus
            ) { try await labelStatus($0) },
            Route(
                .post,
                "/v1/tasks/{task}/verification",
                .scope(.admin),
                AnswerDocumentation.verification
            ) { try await verification($0) },
        ]
    }

    private func report(_ call: Call) async throws -> Answer {
        try await backend.questions.pass {
            let task = try await backend.task(call)
            var query = try Self.window(call.query, task)
            query.period = try call.query.choice("by") ?? .all
            query.byVersion = try call.query.flag("by_version")
            let named = call.query.list("metrics")
            let metrics = try MetricNames.chosen(named, kind: task.kind)
            if named != nil || call.form.isTable { query.metrics = Set(metrics) }
            let report = try await MakeReport(pool: backend.readers, task: task, query: query).run()
            return Answer(
                ReportResult(
                    report: report,
                    metrics: metrics,
                    slice: query.slice?.text
                ),
                for: call
            ).tagged(by: report.json(slice: nil), for: call)
        }
    }

    private func calibration(_ call: Call) async throws -> Answer {
        try await backend.questions.pass {
            let task = try await backend.task(call)
            let bins = try call.query.integer("bins", in: 2...60) ?? 10
            guard 60 % bins == 0 else {
                throw Problem(.invalidRequest, "bins=\(bins) must divide 60, such as 10, 15 or 20.")
            }
            let query = try Self.window(call.query, task)
            let report = try await ReportCalibration(
                pool: backend.readers,
                task: task,
                query: query,
                binCount: bins
            ).run()
            guard call.form != .svg else {
                let slice = query.slice?.text
                return Answer(
                    drawing: ReliabilityFigure(report: report, slice: slice).svg,
                    contentType: "image/svg+xml"
                )
            }
            return Answer(CalibrationResult(report: report), for: call)
                .tagged(by: report.json, for: call)
        }
    }

    private func labelStatus(_ call: Call) async throws -> Answer {
        try await backend.questions.pass {
            let task = try await backend.task(call)
            let report = try await LabelStatus(
                pool: backend.readers,
                task: task,
                asOf: try call.query.instant("as_of", in: task)
            ).run()
            return Answer(LabelStatusResult(report: report), for: call)
                .tagged(by: report.json, for: call)
        }
    }

    private func verification(_ call: Call) async throws -> Answer {
        try await backend.questions.pass {
            let task = try await backend.task(call)
            let report =
                try call.query.flag("repair")
                ? try await VerifyCells(pool: backend.writers, task: task)
                    .repairing(author: call.identity.author)
                : try await VerifyCells(pool: backend.readers, task: task).run()
            return Answer(VerifyResult(report: report), for: call)
        }
    }

    // MARK: - Parameters

    static func window(_ query: Query, _ task: PredictionTask) throws -> ReportQuery {
        ReportQuery(
            window: try query.window(in: task),
            model: query.name("model"),
            slice: try query.value("slice", SliceText.slice),
            asOf: try query.instant("as_of", in: task),
            isExact: try query.flag("exact")
        )
    }
}
