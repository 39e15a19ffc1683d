import ArgumentParser
import Contract
import Dashboard
import Endpoints
import Evaluation
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

    @Option(
        help: ArgumentHelp(
            "Bins of equal width; a divisor of \(CalibrationQuery.finestBins).",
            valueName: "n"
        )
    )
    var bins = CalibrationQuery.usualBins

    @Option(help: "The form of the result.")
    var format: CalibrationFormat = .table

    @OptionGroup var global: GlobalOptions

    init() {}

    var asked: Asked {
        var parameters = window.parameters
        parameters.add("bins", "\(bins)")
        return Asked(path: ["task": task.task], parameters: parameters)
    }

    func validate() throws { try Endpoint.calibration.check(asked) }

    private func execute(on service: RemoteService) async throws {
        let request = RemoteRequest(.calibration, asked)
        guard let format = OutputFormat(rawValue: format.rawValue) else {
            return try Terminal.write(try await service.text(request, accept: "image/svg+xml"))
        }
        try await service.output(request, format).present()
    }

    func execute() async throws {
        if let service = try global.remoteService() { return try await execute(on: service) }
        let result = try await DatabaseSession(global).withPool { pool in
            try await self.result(
                CommandContext(pool: pool, showsProgress: global.showsProgress)
            )
        }
        guard let format = OutputFormat(rawValue: format.rawValue) else {
            return try Terminal.write(
                ReliabilityFigure(report: result.report, slice: result.slice).svg
            )
        }
        try result.present(format)
    }

    func result(_ context: CommandContext) async throws -> CalibrationResult {
        let work = try Endpoint.calibration.read(asked)
        let desk = context.desk(isForTable: format == .table)
        return try await context.progress("binning") { _ in try await work(desk) }
    }
}

enum CalibrationFormat: String, Sendable, CaseIterable, ExpressibleByArgument {
    case table
    case json
    case csv
    case svg
}
