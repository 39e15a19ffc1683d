import ArgumentParser
import Evaluation
import Harness
import Ingest

/// What both kinds of upload take.
struct UploadOptions: ParsableArguments {
    @Argument(help: "CSV or NDJSON files, plain or gzip; - is standard input.")
    var files: [String]

    @Option(
        help: ArgumentHelp(
            "What the file calls a column: prediction_id=key,predicted_at=event_time.",
            valueName: "ours=theirs,…"
        )
    )
    var columns: [String] = []

    @Option(
        help: ArgumentHelp(
            "A value for every row: model=gbm,version=r07.",
            valueName: "ours=value,…"
        )
    )
    var set: [String] = []

    @Option(help: ArgumentHelp("Columns to leave out.", valueName: "theirs,…"))
    var ignore: [String] = []

    @Option(help: "csv or ndjson (default: found out).")
    var inputFormat: InputFormat?

    @Option(
        help: ArgumentHelp("The zone of times without an offset.", valueName: "Europe/Berlin")
    )
    var assumeTimeZone: String?

    @Option(
        help:
            "With --assume-time-zone, which to take of a time that came twice as clocks went back."
    )
    var repeatedHour: RepeatedHour?

    @Flag(help: "Take known_at, when each row became known, from the file: for history.")
    var backfill = false

    @Flag(help: "All or nothing: one rejected row and nothing is kept (exit status 65).")
    var strict = false

    @Flag(help: "Parse and report, and keep nothing.")
    var dryRun = false

    init() {}

    func validate() throws {
        if files.isEmpty { throw ValidationError("Give a file, or - for standard input.") }
        guard assumeTimeZone != nil || repeatedHour == nil else {
            throw ValidationError("--repeated-hour goes with --assume-time-zone.")
        }
    }

    func request() throws -> UploadRequest {
        var options = IngestOptions()
        options.mapping = try ColumnMapping(parsing: columns, set: set, ignore: ignore)
        options.isBackfill = backfill
        options.assumedTimeZone = try assumeTimeZone.map {
            try AssumedTimeZone($0, repeatedHour: repeatedHour)
        }
        options.format = inputFormat
        return UploadRequest(
            sources: files.map(InputSource.init(argument:)),
            options: options,
            isStrict: strict,
            isDryRun: dryRun
        )
    }

    var label: String {
        files.count == 1
            ? "reading \(InputSource(argument: files[0]).name)" : "reading \(files.count) files"
    }
}

extension InputFormat: ExpressibleByArgument {}

extension RepeatedHour: ExpressibleByArgument {}
