import ArgumentParser
import Contract
import Endpoints
import Evaluation
import Foundation
import Presentation

struct RecalibrateCommand: AskingCommand {
    static let configuration = CommandConfiguration(
        commandName: "recalibrate",
        abstract:
            "Fit the map that corrects a model's probabilities, and validate it on later days.",
        discussion: """
            Fits on the matured days of the interval, and shows what the map does to the days after them. Without \
            --from and --to, the older half of the last 56 blocks is fitted and the newer half validates. The order \
            of the scores stays, so the area under the curve does not change.
            """
    )

    @OptionGroup var task: TaskOption

    @Option(help: ArgumentHelp("The model (default: the champion).", valueName: "name"))
    var model: String?

    @Option(help: "A line in log odds, or a nondecreasing step function.")
    var method: RecalibrationMethod = .platt

    @OptionGroup var interval: IntervalOptions
    @OptionGroup var known: AsOfOption

    @Option(help: ArgumentHelp("Write the map and its validation as JSON.", valueName: "map.json"))
    var export: String?

    @OptionGroup var output: OutputOptions
    @OptionGroup var global: GlobalOptions

    init() {}

    static let activity = "fitting"
    static var endpoint: Endpoint<RecalibrationResult> { .recalibration }

    func asked() -> Asked {
        var parameters = Parameters()
        parameters.add("model", model)
        parameters.add("method", method.rawValue)
        interval.add(to: &parameters)
        known.add(to: &parameters)
        return Asked(path: ["task": task.task], parameters: parameters)
    }

    func execute(on service: RemoteService) async throws {
        guard let export else { return try await show(Self.endpoint, asked(), on: service) }
        var request = RemoteRequest(Self.endpoint, asked())
        let json = try await waiting {
            try await service.text(request, accept: "application/json")
        }
        try write(json, to: export)
        // What is shown is what was written, whatever has matured meanwhile.
        if case .string(let instant)? = try JSONValue(parsing: Array(json.utf8))["as_of"] {
            request.parameters["as_of"] = instant
        }
        var shown = try await waiting { try await service.output(request, output.format) }
        if output.format == .table {
            var document = Document()
            document.paragraph("Written to \(export).", .good)
            shown.output += document.text(style: Terminal.style)
        }
        try shown.present()
    }

    func result(_ context: CommandContext) async throws -> RecalibrationResult {
        var result = try await answer(Self.endpoint, asked(), context, showing: Self.activity)
        result.file = export
        if let export { try write(result.json.text + "\n", to: export) }
        return result
    }

    private func write(_ text: String, to path: String) throws {
        do {
            try text.write(toFile: path, atomically: true, encoding: .utf8)
        } catch {
            throw CommandError.cannotWrite(reason: "\(path): \(error.localizedDescription)")
        }
    }
}

extension RecalibrationMethod: ExpressibleByArgument {}
