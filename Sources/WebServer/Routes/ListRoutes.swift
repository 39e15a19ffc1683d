import Contract
import Endpoints
import Evaluation
import Harness
import HTTPTypes
import Presentation
import Store

/// Lists that may be long, a page at a time.
struct ListRoutes: Sendable {
    let backend: Backend

    var routes: [Route] {
        [
            Route(.get, "/v1/tasks/{task}/rejects", .scope(.read), ListDocumentation.rejects) {
                try await rejects($0)
            },
            Route(.get, "/v1/tasks/{task}/orphans", .scope(.read), ListDocumentation.orphans) {
                try await orphans($0)
            },
            Route(.get, "/v1/tasks/{task}/uploads", .scope(.read), ListDocumentation.uploads) {
                try await uploads($0)
            },
            Route(.get, "/v1/changes", .scope(.admin), ListDocumentation.changes) {
                try await changes($0)
            },
        ]
    }

    private func rejects(_ call: Call) async throws -> Answer {
        guard case .json = call.form else { return try await whole(.rejects, call) }
        let limit = try PageLimit(call.query).value
        let place = try Cursor(call.query, count: 3).map { cursor in
            guard let upload = Int64(cursor.parts[0]), let line = Int64(cursor.parts[1]),
                let count = Int32(cursor.parts[2]), count >= 0
            else { throw Cursor.wrong(call.query["cursor"] ?? "") }
            return RejectPlace(uploadID: upload, line: line, count: Int(count))
        }
        let task = try await backend.task(call)
        var page = try await ListRejects(pool: backend.readers, task: task, limit: limit + 1)
            .page(after: place)
        let hasMore = page.count > limit
        page = Array(page.prefix(limit))
        let next = page.last.map { last in
            let same = page.count {
                $0.uploadID == last.uploadID && $0.reject.line == last.reject.line
            }
            let continues = place?.uploadID == last.uploadID && place?.line == last.reject.line
            return Cursor([
                "\(last.uploadID)", "\(last.reject.line)",
                "\(same + (continues ? place?.count ?? 0 : 0))",
            ])
        }
        return Answer(
            json: AnswerShapes.rejectPage.json(
                (page, task.name, hasMore ? next?.text : nil)
            )
        )
    }

    /// The list as the command line has it: from the newest upload on, without pages.
    private func whole<List: Presentable>(
        _ endpoint: Endpoint<List>,
        _ call: Call
    ) async throws -> Answer {
        let work = try endpoint.read(Asked(path: call.values, parameters: call.query))
        return Answer(try await work(backend.desk(call)), for: call)
    }

    private func orphans(_ call: Call) async throws -> Answer {
        guard case .json = call.form else { return try await whole(.orphans, call) }
        let limit = try PageLimit(call.query).value
        let place = try Cursor(call.query, count: 3).map { cursor in
            guard let high = UInt64(cursor.parts[1]), let low = UInt64(cursor.parts[2]) else {
                throw Cursor.wrong(call.query["cursor"] ?? "")
            }
            return OrphanPlace(
                text: cursor.parts[0],
                key: PredictionKey(high: high, low: low)
            )
        }
        let task = try await backend.task(call)
        let page = try await ListOrphans(pool: backend.readers, task: task, limit: limit + 1)
            .run(after: place)
        let next = page.prefix(limit).last.map { last in
            Cursor([last.place.text, "\(last.place.key.high)", "\(last.place.key.low)"])
        }
        return Answer(
            json: AnswerShapes.orphanPage.json(
                (page.prefix(limit).map(\.id), task.name, page.count > limit ? next?.text : nil)
            )
        )
    }

    private func uploads(_ call: Call) async throws -> Answer {
        guard case .json = call.form else { return try await whole(.uploads, call) }
        let limit = try PageLimit(call.query).value
        let before = try Self.place(call.query)
        let task = try await backend.task(call)
        let page = try await ListUploads(pool: backend.readers, task: task, limit: limit + 1)
            .run(before: before)
        let shown = Array(page.prefix(limit))
        let next = page.count > limit ? shown.last.map(Self.cursor) : nil
        return Answer(json: AnswerShapes.uploadPage.json((shown, task.name, next?.text)))
    }

    /// The number with which the page before ended.
    static func place(_ query: Parameters) throws -> Int64? {
        try Cursor(query, count: 1).map { cursor in
            guard let id = Int64(cursor.parts[0]) else {
                throw Cursor.wrong(query["cursor"] ?? "")
            }
            return id
        }
    }

    static func cursor(_ upload: UploadRecord) -> Cursor { Cursor(["\(upload.entry.id)"]) }

    private func changes(_ call: Call) async throws -> Answer {
        let limit = try PageLimit(call.query).value
        let before = try Self.place(call.query)
        let page = try await ListChanges(pool: backend.readers, tasks: call.identity.tasks)
            .run(before: before, limit: limit + 1)
        let shown = Array(page.prefix(limit))
        let next = page.count > limit ? shown.last.map { Cursor(["\($0.id)"]) } : nil
        return Answer(json: AnswerShapes.changePage.json((shown, next?.text)))
    }
}
