import Contract
import Dashboard
import Evaluation
import Harness
import Presentation
import Store

/// What was uploaded to a task.
struct UploadsRoute: Sendable {
    let backend: Backend

    func page(_ call: Call) async throws -> UploadsPage {
        let task = try await backend.task(call)
        let query = call.query.filled
        let asOf = try query.moment("as_of").instant(in: task)
        let before = try ListRoutes.place(query)
        let outline = try await OutlineTask(pool: backend.readers, task: task, asOf: asOf).run()
        let uploads = try await ListUploads(
            pool: backend.readers,
            task: task,
            limit: UploadsPage.rows + 1,
            asOf: asOf
        ).run(before: before)
        let shown = Array(uploads.prefix(UploadsPage.rows))
        return UploadsPage(
            place: TaskPlace(task, asOf: asOf, replay: outline.replay),
            outline: outline,
            uploads: shown.map(UploadsPage.Upload.init),
            cursor: uploads.count > shown.count ? shown.last.map(ListRoutes.cursor)?.text : nil
        )
    }
}

extension UploadsPage.Upload {
    fileprivate init(_ record: UploadRecord) {
        let counts = record.entry.counts
        self.init(
            id: record.entry.id,
            kind: record.entry.kind.rawValue,
            knownAt: record.entry.knownAt,
            tokens: UploadText.tokens(record.entry),
            received: counts.received,
            accepted: counts.accepted,
            duplicate: counts.duplicate,
            conflict: counts.conflict,
            rejected: counts.rejected,
            state: record.state,
            isWithdrawable: record.entry.kind != .baseline,
            withdrawals: record.withdrawals.map {
                UploadsPage.Withdrawal(
                    instant: $0.withdrawnAt,
                    author: $0.author,
                    note: $0.note,
                    rows: $0.rows,
                    interval: UploadText.interval($0)
                )
            }
        )
    }
}
