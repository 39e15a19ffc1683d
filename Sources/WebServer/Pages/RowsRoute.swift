import Contract
import Dashboard
import Evaluation
import Harness

/// The predictions behind a number, and one of them with all that is known of it.
struct RowsRoute: Sendable {
    let backend: Backend

    func rows(_ call: Call) async throws -> RowsPage {
        let task = try await backend.task(call)
        let query = call.query.filled
        let limit = try query.integer("limit", in: 1...RowsPage.mostRows)
        var asked = try RowRoutes.query(query, task)
        asked.limit = limit ?? RowsPage.usualRows
        let outline = try await OutlineTask(
            pool: backend.readers,
            task: task,
            asOf: asked.asOf
        ).run()
        let rows = try await ListRows(pool: backend.readers, task: task, query: asked).run()
        return RowsPage(
            place: TaskPlace(task, asOf: asked.asOf, replay: outline.replay),
            outline: outline,
            choice: RowsPage.Choice(
                from: query["from"],
                to: query["to"],
                model: query.name("model"),
                slice: query["slice"],
                order: asked.order,
                limit: limit
            ),
            rows: rows,
            cursor: rows.next.map { RowRoutes.cursor($0).text }
        )
    }

    func prediction(_ call: Call) async throws -> PredictionPage {
        let task = try await backend.task(call)
        let asOf = try call.query.filled.moment("as_of").instant(in: task)
        let record = try await ShowPrediction(
            pool: backend.readers,
            task: task,
            predictionID: call.segment("prediction_id"),
            asOf: asOf
        ).run()
        return PredictionPage(
            place: TaskPlace(task, asOf: asOf, replay: record.replay),
            record: record
        )
    }
}
