import Contract
import Evaluation
import Harness
import HTTPTypes
import Ingest
import Store

/// The predictions behind a number, and everything that is known of one.
struct RowRoutes: Sendable {
    let backend: Backend

    var routes: [Route] {
        [
            Route(.get, "/v1/tasks/{task}/rows", .scope(.read), RowDocumentation.rows) { call in
                try await backend.questions.pass {
                    let task = try await backend.task(call)
                    let query = try Self.query(call.query, task)
                    let page = try await ListRows(
                        pool: backend.readers,
                        task: task,
                        query: query
                    ).run()
                    return Answer(json: page.json(query, cursor: page.next.map(Self.cursor)?.text))
                }
            },
            Route(
                .get,
                "/v1/tasks/{task}/predictions/{prediction_id}",
                .scope(.read),
                RowDocumentation.prediction
            ) { call in
                try await backend.questions.pass {
                    let task = try await backend.task(call)
                    let record = try await ShowPrediction(
                        pool: backend.readers,
                        task: task,
                        predictionID: call.segment("prediction_id"),
                        asOf: call.query.moment("as_of").instant(in: task)
                    ).run()
                    return Answer(json: record.json)
                }
            },
        ]
    }

    /// What the parameters ask for.
    static func query(_ query: Parameters, _ task: PredictionTask) throws -> RowQuery {
        let asked = try ReportQuery.asking(query)(task)
        let order = try query.choice("order", RowOrder.self) ?? .time
        let after = try place(query)
        guard order == .time || after == nil else {
            throw Problem(
                .invalidValue,
                "order=worst has one page; leave out the cursor, and ask for a larger limit."
            )
        }
        return RowQuery(
            window: asked.window,
            model: asked.model,
            slice: asked.slice,
            asOf: asked.asOf,
            order: order,
            after: after,
            limit: try PageLimit(query).value
        )
    }

    private static func place(_ query: Parameters) throws -> RowPlace? {
        try Cursor(query, count: 4).map { cursor in
            guard let time = Int64(cursor.parts[0]).map(Instant.init(microseconds:)),
                Self.times.contains(time), let high = UInt64(cursor.parts[1]),
                let low = UInt64(cursor.parts[2])
            else { throw Cursor.wrong(query["cursor"] ?? "") }
            return RowPlace(
                place: PredictionPlace(
                    predictedAt: time,
                    key: PredictionKey(high: high, low: low)
                ),
                model: Name(cursor.parts[3])
            )
        }
    }

    /// Years 0 to 9999, within which all predictions lie.
    private static let times = Window(from: start(ofYear: 0), upTo: start(ofYear: 10_000))

    private static func start(ofYear year: Int) -> Instant {
        Instant(seconds: Int64(CivilDate(year: year, month: 1, dayOfMonth: 1).day) * 86_400)
    }

    static func cursor(_ next: RowPlace) -> Cursor {
        Cursor([
            "\(next.place.predictedAt.microseconds)", "\(next.place.key.high)",
            "\(next.place.key.low)", next.model.text,
        ])
    }
}
