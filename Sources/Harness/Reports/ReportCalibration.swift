package import Evaluation
package import Postgres

/// The reliability diagram of one model over one interval.
package struct ReportCalibration: Sendable {
    package let query: CalibrationQuery
    private let pool: PostgresPool
    private let task: PredictionTask

    /// The period is taken as one window; the champion's diagram where the question names no model.
    package init(pool: PostgresPool, task: PredictionTask, query: CalibrationQuery) {
        self.pool = pool
        self.task = task
        var query = query
        query.report.period = .all
        query.report.byVersion = false
        self.query = query
    }

    package func run() async throws -> CalibrationReport {
        try await Question(pool: pool, task: task, asOf: query.report.asOf).answer {
            connection,
            view in
            guard view.task.kind.has(.calibration) else {
                throw HarnessError.unsupportedKind(
                    view.task.kind,
                    operation: "Calibration of probabilities"
                )
            }
            var query = self.query.report
            query.model = try query.model ?? view.champion()
            let (report, builder) = try await MakeReport(pool: pool, task: task, query: query)
                .builder(connection, view)
            guard let model = report.models.first, let window = model.windows.first,
                let cells = builder.cells(
                    of: ReportBuilder.Group(model: model.model, version: nil),
                    window: 0
                )
            else { throw view.noPredictions }
            return CalibrationReport(
                task: view.task,
                model: model.model,
                asOf: report.asOf,
                window: window,
                bins: CalibrationReport.bins(cells, width: self.query.bins),
                forgotten: report.forgotten,
                replay: view.replay
            )
        }
    }
}
