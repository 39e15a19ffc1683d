import ArgumentParser
import Evaluation
import Postgres
import Presentation

struct DemoCommand: GnomonCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo",
        abstract: "The whole story on a year of real flights, in one command.",
        discussion: """
            Fills a database of its own (embedded:gnomon_demo), anew each time, and leaves your data \
            alone.
            """
    )

    @Option(
        help: ArgumentHelp(
            "Where the flights are (default: fixtures here or above the program).",
            valueName: "directory"
        )
    )
    var data: String?

    @OptionGroup var options: DatabaseOptions

    init() {}

    func execute() async throws {
        let story = DemoStory(files: try DemoFiles(named: data))
        let database = DemoDatabase(options)
        var introduction = Document()
        introduction.heading("Gnomon: a year of flights")
        introduction.paragraph(DemoStory.introduction)
        try write(introduction)
        let start = ContinuousClock.now
        try await database.withPool { pool in
            let context = CommandContext(pool: pool, showsProgress: options.showsProgress)
            for (index, screen) in story.screens.enumerated() {
                try await show(screen, number: index + 1, context)
            }
        }
        try write(ending(database, after: ContinuousClock.now - start))
    }

    private func write(_ document: Document) throws {
        try Terminal.write(document.text(style: Terminal.style))
    }

    // MARK: - Screens

    private func show(
        _ screen: DemoStory.Screen,
        number: Int,
        _ context: CommandContext
    ) async throws {
        var opening = Document()
        opening.space()
        opening.lines([String(repeating: "━", count: Document.width)])
        opening.heading("\(number). \(screen.title)")
        if !screen.text.isEmpty { opening.paragraph(screen.text) }
        try write(opening)
        var results: [any Presentable] = []
        for arguments in screen.commands {
            var prompt = Document()
            prompt.space()
            prompt.lines(Self.prompt(arguments).map { Terminal.style.apply(.faint, to: $0) })
            try write(prompt)
            guard let command = try Gnomon.parseAsRoot(arguments) as? any ResultCommand else {
                throw CommandError.notRunnable(arguments.joined(separator: " "))
            }
            let result = try await command.anyResult(context)
            try write(result.document)
            results.append(result)
        }
        try write(Self.remark(on: results))
    }

    /// `$ gnomon report …`, broken with backslashes where it is too long for a line.
    static func prompt(_ arguments: [String]) -> [String] {
        var lines: [String] = []
        var line = "$ gnomon"
        for argument in arguments {
            let isPlain = argument.allSatisfy {
                $0.isLetter || $0.isNumber || "-_./:=,%+".contains($0)
            }
            let word =
                isPlain && !argument.isEmpty
                ? argument : "'" + argument.replacing("'", with: "'\\''") + "'"
            if line.count + 1 + word.count > Document.width - 2, line != "$ gnomon" {
                lines.append(line + " \\")
                line = "    " + word
            } else {
                line += " " + word
            }
        }
        return lines + [line]
    }

    /// What the young evening became, where two reports of one window were shown.
    private static func remark(on results: [any Presentable]) -> Document {
        var document = Document()
        let reports = results.compactMap { $0 as? ReportResult }
        guard reports.count == 2,
            let (then, now) = champions(reports[0], reports[1]),
            let before = then.brier, let after = now.brier
        else { return document }
        document.space()
        document.paragraph(
            "On that evening the champion's Brier score read \(NumberText.number(before)), from "
                + "\(then.labelled) of \(then.predictions) labels: those of the flights that had "
                + "landed, most of them on time. Once the late ones had landed it was "
                + "\(NumberText.number(after)). Read without its coverage, the first number says "
                + "that all is well."
        )
        return document
    }

    private static func champions(
        _ first: ReportResult,
        _ second: ReportResult
    ) -> (WindowReport, WindowReport)? {
        guard let then = first.report.models.first?.windows.first,
            let now = second.report.models.first?.windows.first
        else { return nil }
        return (then, now)
    }

    private func ending(_ database: DemoDatabase, after duration: Duration) -> Document {
        var document = Document()
        document.space()
        document.lines([String(repeating: "━", count: Document.width)])
        document.heading("On your own files")
        document.paragraph(
            "Predictions need the columns prediction_id, predicted_at, model and score, and may have "
                + "version; labels need prediction_id, observed_at and label. Other names: see --columns."
        )
        document.space()
        document.lines(DemoStory.next.map { "    \($0)" })
        document.space()
        if database.isEmbedded {
            document.paragraph("To look around in these flights first:")
            document.space()
            document.lines(["    \(database.setting)"])
            document.space()
        }
        let seconds = NumberText.number(duration / .seconds(1), decimals: 1)
        document.paragraph("The demo took \(seconds) s.", .faint)
        return document
    }
}

extension WindowReport {
    fileprivate var brier: Double? {
        metrics.first { $0.name == "brier_score" }?.estimate.value
    }
}
