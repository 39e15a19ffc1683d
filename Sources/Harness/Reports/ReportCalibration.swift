package import Evaluation
package import Postgres

/// The reliability diagram of one model over one interval.
package struct ReportCalibration: Sendable {
    package let query: ReportQuery
    package let binCount: Int
    private let pool: PostgresPool
    private let task: PredictionTask

    /// * `query`: Must name a model; its period is taken as one window.
    /// * `binCount`: A divisor of 600, for slices of 60.
    package init(pool: PostgresPool, task: PredictionTask, query: ReportQuery, binCount: Int = 10) {
        self.pool = pool
        self.task = task
        var query = query
        query.period = .all
        query.byVersion = false
        self.query = query
        self.binCount = binCount
    }

    package func run() async throws -> CalibrationReport {
        try await Question(pool: pool, task: task, asOf: query.asOf).answer { connection, view in
            guard view.task.kind == .binary else {
                throw HarnessError.unsupportedKind(
                    view.task.kind.rawValue,
                    operation: "Calibration of probabilities"
                )
            }
            var query = query
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
                bins: CalibrationReport.bins(cells, width: binCount),
                forgotten: report.forgotten,
                replay: view.replay
            )
        }
    }
}
