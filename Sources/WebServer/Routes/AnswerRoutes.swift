import Contract
import Crypto
import Evaluation
import Harness
import HTTPTypes
import HummingbirdCore
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
            if let metrics = call.query.list("metrics") {
                query.metrics = Set(try Self.metrics(metrics, task))
            }
            let report = try await MakeReport(pool: backend.readers, task: task, query: query).run()
            let slice = query.slice.map { "\($0.key)=\($0.value)" }
            return Self.tagged(report.json(slice: slice), for: call)
        }
    }

    private func calibration(_ call: Call) async throws -> Answer {
        try await backend.questions.pass {
            let task = try await backend.task(call)
            let bins = try call.query.integer("bins", in: 2...60) ?? 10
            guard 60 % bins == 0 else {
                throw Problem(.invalidRequest, "bins=\(bins) must divide 60, such as 10, 15 or 20.")
            }
            let report = try await ReportCalibration(
                pool: backend.readers,
                task: task,
                query: try Self.window(call.query, task),
                binCount: bins
            ).run()
            return Self.tagged(report.json, for: call)
        }
    }

    private func labelStatus(_ call: Call) async throws -> Answer {
        try await backend.questions.pass {
            let task = try await backend.task(call)
            let report = try await LabelStatus(
                pool: backend.readers,
                task: task,
                asOf: try Self.instant("as_of", call.query, task)
            ).run()
            return Self.tagged(report.json, for: call)
        }
    }

    private func verification(_ call: Call) async throws -> Answer {
        try await backend.questions.pass {
            let task = try await backend.task(call)
            return Answer(json: try await VerifyCells(pool: backend.readers, task: task).run().json)
        }
    }

    // MARK: - Parameters

    static func instant(
        _ name: String,
        _ query: Query,
        _ task: PredictionTask
    ) throws -> Instant? {
        try query.value(name) { try Moment($0).instant(in: task) }
    }

    static func window(_ query: Query, _ task: PredictionTask) throws -> ReportQuery {
        let from = try instant("from", query, task)
        let to = try instant("to", query, task)
        if let from, let to, from >= to {
            throw Problem(.invalidValue, "to must lie after from; it is not part of the interval.")
        }
        return ReportQuery(
            from: from,
            to: to,
            model: query["model"],
            slice: try query.value("slice", SliceText.slice),
            asOf: try instant("as_of", query, task),
            isExact: try query.flag("exact")
        )
    }

    private static func metrics(_ names: [String], _ task: PredictionTask) throws -> [String] {
        let known = task.kind == .regression ? RegressionMetrics.names : BinaryMetrics.names
        if let unknown = names.first(where: { !known.contains($0) }) {
            throw Problem(
                .invalidValue,
                "\"\(unknown)\" is no metric of a \(task.kind.rawValue) task; the metrics are: "
                    + known.joined(separator: ", ") + "."
            )
        }
        return names
    }

    // MARK: - Tags

    /// The answer with a tag that stays the same as long as all but the instant of asking does.
    private static func tagged(_ json: JSONValue, for call: Call) -> Answer {
        var steady = json
        if case .object(let members) = json {
            steady = .object(members.filter { $0.name != "as_of" })
        }
        let digest = SHA256.hash(data: Array(steady.inline.utf8))
        let tag =
            "W/\""
            + digest.prefix(16).map { byte in
                (byte < 16 ? "0" : "") + String(byte, radix: 16)
            }.joined() + "\""
        var answer = Answer(json: json)
        let known = call.header(.ifNoneMatch)?.split(separator: ",").map { part in
            String(part.filter { $0 != " " })
        }
        if known?.contains(where: { $0 == tag || $0 == "*" || "W/" + $0 == tag }) == true {
            answer.status = .notModified
            answer.body = []
        }
        answer.headers[.eTag] = tag
        answer.headers[.cacheControl] = "private, no-cache"
        return answer
    }
}
