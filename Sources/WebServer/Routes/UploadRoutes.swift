import Contract
import Evaluation
import Harness
import HTTPTypes
import HummingbirdCore
import Ingest
import Presentation
import Store

/// Predictions and labels that programs post.
struct UploadRoutes: Sendable {
    let backend: Backend

    var routes: [Route] {
        [
            Route(
                .post,
                "/v1/tasks/{task}/predictions",
                .scope(.predictions),
                UploadDocumentation.predictions
            ) { try await upload($0, .predictions) },
            Route(
                .post,
                "/v1/tasks/{task}/labels",
                .scope(.labels),
                UploadDocumentation.labels
            ) { try await upload($0, .labels) },
            Route(
                .put,
                "/v1/tasks/{task}/baseline",
                .scope(.backfill),
                UploadDocumentation.baseline
            ) { try await baseline($0) },
        ]
    }

    private func upload(_ call: Call, _ kind: UploadKind) async throws -> Answer {
        var request = try request(call)
        if request.options.isBackfill { try call.identity.require(.backfill) }
        let file = try Self.fileName(call)
        let format = try BodyFormat(call.request.headers)
        let body = try await body(of: call, format)
        let name = try call.name("task")
        return try await backend.idempotentAnswers.answer(call, about: name, body: body.digest) {
            if body.rows == 0, format.rows == .json {
                return try Self.answer(UploadReport(task: call.name("task")))
            }
            guard body.count > 0 else { throw Self.emptyBody }
            let isRows = file == nil && (format.rows == .json || format.rows == .ndjson)
            if isRows, isSmall(body), Self.isPlain(request) {
                return try await small(body, call, kind)
            }
            request.options.format = format.rows.inputFormat
            // Or it would depend on how many rows there are what becomes of one.
            request.options.judgesRowsAlone = isRows
            request.sources = [body.source(named: file)]
            return try await large(request, call, kind, holding: body)
        }
    }

    /// Reads the body to its end, unless there is no task to which it could go.
    private func body(of call: Call, _ format: BodyFormat) async throws -> ReceivedBody {
        _ = try await backend.tasks.task(named: call.name("task"))
        return try await BodyReader(
            limits: backend.limits,
            maximumBytes: backend.limits.bodyBytes,
            isGzip: format.isGzip,
            splitsRows: format.rows == .json
        ).read(call.request)
    }

    // MARK: - Small and large

    private func isSmall(_ body: ReceivedBody) -> Bool {
        body.file == nil && body.count <= backend.limits.smallBytes
            && body.rows <= backend.limits.smallRows
    }

    /// Whether the rows mean what they mean by themselves, so that they go together with those of others.
    private static func isPlain(_ request: UploadRequest) -> Bool {
        !request.isStrict && !request.isDryRun && !request.options.isBackfill
            && request.options.mapping == ColumnMapping()
            && request.options.assumedTimeZone == nil
    }

    private func small(
        _ body: ReceivedBody,
        _ call: Call,
        _ kind: UploadKind
    ) async throws -> Answer {
        let task = try await backend.tasks.task(named: call.name("task"))
        var lines = body.bytes
        guard lines.contains(where: { $0 > 0x20 }) else { throw Self.emptyBody }
        if lines.last != 0x0A { lines.append(0x0A) }
        do {
            return try Self.answer(
                try await backend.smallWrites.upload(
                    lines,
                    task: task,
                    kind: kind,
                    tokenName: call.identity.tokenName
                )
            )
        } catch HarnessError.taskChanged(let name) {
            backend.tasks.forget(name)
            throw HarnessError.taskChanged(name)
        }
    }

    private func large(
        _ request: UploadRequest,
        _ call: Call,
        _ kind: UploadKind,
        holding body: ReceivedBody
    ) async throws -> Answer {
        let report: UploadReport
        do {
            report = try await backend.uploads.pass {
                let task = try await backend.task(call)
                return switch kind {
                case .predictions:
                    try await UploadPredictions(pool: backend.writers, task: task, request: request)
                        .run()
                case .labels, .baseline:
                    try await UploadLabels(pool: backend.writers, task: task, request: request)
                        .run()
                }
            }
        } catch IngestError.empty where request.options.judgesRowsAlone {
            throw Self.emptyBody
        }
        return try withExtendedLifetime(body) { try Self.answer(report) }
    }

    private func baseline(_ call: Call) async throws -> Answer {
        let file = try Self.fileName(call)
        let format = try BodyFormat(call.request.headers)
        let body = try await body(of: call, format)
        guard body.count > 0 else { throw Self.emptyBody }
        let mapping = try Self.mapping(call)
        let (task, loaded) = try await backend.uploads.pass {
            let task = try await backend.task(call)
            let loaded = try await UploadBaseline(
                pool: backend.writers,
                task: task,
                sources: [body.source(named: file)],
                mapping: mapping
            ).run()
            return (
                try await backend.task(call),
                TaskResult.Baseline(cohorts: loaded.cohorts, rows: loaded.rows)
            )
        }
        backend.tasks.forget(task.name)
        return withExtendedLifetime(body) {
            Answer(TaskResult(task: task, loaded: loaded), for: call)
        }
    }

    // MARK: - Request and answer

    /// What rejects are to call the body.
    private static func fileName(_ call: Call) throws -> String? {
        try call.query.value("file") { name in
            guard (1...1_000).contains(name.unicodeScalars.count) else {
                throw TextError("Give the file a name of 1 to 1,000 characters, or leave it out.")
            }
            return name
        }
    }

    private static func mapping(_ call: Call) throws -> ColumnMapping {
        func texts(_ name: String) -> [String] { call.query[name].map { [$0] } ?? [] }
        return try ColumnMapping(
            parsing: texts("columns"),
            set: texts("set"),
            ignore: texts("ignore")
        )
    }

    private func request(_ call: Call) throws -> UploadRequest {
        var options = IngestOptions()
        options.mapping = try Self.mapping(call)
        options.isBackfill = try call.query.flag("backfill")
        let repeatedHour = try call.query.choice("repeated_hour", RepeatedHour.self)
        options.assumedTimeZone = try call.query.value("assume_time_zone") {
            try AssumedTimeZone($0, repeatedHour: repeatedHour)
        }
        guard options.assumedTimeZone != nil || repeatedHour == nil else {
            throw Problem(.invalidValue, "repeated_hour goes with assume_time_zone.")
        }
        options.limits.textBytesPerBatch = backend.limits.textBytesAtOnce
        options.limits.scoresPerBatch = backend.limits.scoresAtOnce
        var request = UploadRequest(
            sources: [],
            options: options,
            isStrict: try call.query.flag("strict"),
            isDryRun: try call.query.flag("dry_run")
        )
        request.rowsAtOnce = backend.limits.rowsAtOnce
        request.foldsCells = false
        if let name = call.identity.tokenName { request.tokenNames = [name] }
        return request
    }

    private static let emptyBody = Problem(.rowsRejected, "The body is empty; send rows.")

    /// Tells what became of the rows; a problem where none was of use, or one refused them all.
    private static func answer(_ report: UploadReport) throws -> Answer {
        let counts = report.counts
        guard report.isRefused || (counts.rejected > 0 && counts.rejected == counts.received) else {
            return Answer(json: report.json)
        }
        let first =
            report.rejects.first.map {
                " The first: line \($0.line), \($0.field) "
                    + "\"\($0.value)\": \($0.reason)"
            } ?? ""
        var problem = Problem(
            .rowsRejected,
            report.isRefused
                ? "\(counts.rejected) of \(counts.received) rows were rejected, so nothing was kept "
                    + "(strict).\(first)"
                : "All \(counts.received) rows were rejected.\(first)"
        )
        problem.members = [JSONValue.Member(name: "upload", value: report.json)]
        throw problem
    }
}

extension BodyFormat.Rows {
    /// JSON is split into rows as it arrives.
    fileprivate var inputFormat: InputFormat? {
        switch self {
        case .csv: .csv
        case .ndjson, .json: .ndjson
        case .detected: nil
        }
    }
}
