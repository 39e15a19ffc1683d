import ArgumentParser
import Dashboard
import Evaluation
import Harness
import Presentation

struct CalibrationCommand: ResultCommand {
    static let configuration = CommandConfiguration(
        commandName: "calibration",
        abstract: "Do probabilities mean what they say?",
        discussion: """
            A reliability diagram: among predictions with a mean score of 0.3, did 3 in 10 come true? \
            For an image: gnomon calibration --task churn --format svg > churn.svg
            """
    )

    @OptionGroup var task: TaskOption
    @OptionGroup var window: WindowOptions

    @Option(help: ArgumentHelp("Bins of equal width; a divisor of 60.", valueName: "n"))
    var bins = 10

    @Option(help: "The form of the result.")
    var format: CalibrationFormat = .table

    @OptionGroup var global: GlobalOptions

    init() {}

    func validate() throws {
        guard (2...60).contains(bins), 60 % bins == 0 else {
            throw ValidationError(
                "--bins must be a divisor of 60 from 2 to 60, such as 10, 15 or 20."
            )
        }
    }

    func request() -> RemoteRequest {
        var query = window.query
        query.add("bins", "\(bins)")
        return RemoteRequest("GET", "tasks", task.task, "calibration", query: query)
    }

    private func execute(on service: RemoteService) async throws {
        guard let format = OutputFormat(rawValue: format.rawValue) else {
            return try Terminal.write(
                try await service.text(request(), accept: "image/svg+xml")
            )
        }
        try await service.output(request(), format).present()
    }

    func execute() async throws {
        if let service = try global.remoteService() { return try await execute(on: service) }
        let result = try await DatabaseSession(global).withPool { pool in
            try await self.result(
                CommandContext(pool: pool, showsProgress: global.showsProgress)
            )
        }
        switch format {
        case .table: try result.present(.table)
        case .json: try result.present(.json)
        case .csv: try result.present(.csv)
        case .svg: try Terminal.write(figure(result).svg)
        }
    }

    private func figure(_ result: CalibrationResult) -> ReliabilityFigure {
        ReliabilityFigure(
            report: result.report,
            slice: window.slice?.text
        )
    }

    func result(_ context: CommandContext) async throws -> CalibrationResult {
        let task = try await task.find(context)
        let operation = ReportCalibration(
            pool: context.pool,
            task: task,
            query: try window.query(for: task),
            binCount: bins
        )
        return CalibrationResult(
            report: try await context.progress("binning") { _ in try await operation.run() }
        )
    }
}

enum CalibrationFormat: String, Sendable, CaseIterable, ExpressibleByArgument {
    case table
    case json
    case csv
    case svg
}
