import Contract
import Evaluation
import Harness
package import Presentation

extension Endpoint where Answer == UploadListResult {
    /// Uploads, the newest first, and whether they were taken back.
    package static var uploads: Endpoint<UploadListResult> {
        Endpoint(ofTask: "/uploads", turn: .none) {
            try $0.limit(upTo: 10_000, usual: 20)
        } answer: { desk, task, limit in
            UploadListResult(
                task: task,
                uploads: try await ListUploads(pool: desk.readers, task: task, limit: limit).run(),
                limit: limit
            )
        }
    }
}

extension Endpoint where Answer == RejectListResult {
    /// Rejected rows, the newest upload first.
    package static var rejects: Endpoint<RejectListResult> {
        Endpoint(ofTask: "/rejects", turn: .none) {
            try $0.limit(upTo: 100_000, usual: 1_000)
        } answer: { desk, task, limit in
            RejectListResult(
                task: task,
                rejects: try await ListRejects(pool: desk.readers, task: task, limit: limit).run(),
                limit: limit
            )
        }
    }
}

extension Endpoint where Answer == OrphanListResult {
    /// Prediction ids that have labels but no prediction.
    package static var orphans: Endpoint<OrphanListResult> {
        Endpoint(ofTask: "/orphans", turn: .none) {
            try $0.limit(upTo: 100_000, usual: 1_000)
        } answer: { desk, task, limit in
            let page = try await ListOrphans(pool: desk.readers, task: task, limit: limit)
                .run(after: nil)
            return OrphanListResult(task: task, ids: page.map(\.id), limit: limit)
        }
    }
}

extension Endpoint where Answer == UploadRecordResult {
    /// What became of the rows of an upload, and what was taken back of it.
    package static var upload: Endpoint<UploadRecordResult> {
        Endpoint(ofTask: "/uploads/{upload}", turn: .none) { asked in
            let text = try asked.text("upload")
            guard let id = Int64(text), !text.hasPrefix("+") else {
                throw ParameterFault(.unreadable, "\"\(text)\" is no number of an upload.")
            }
            return { _ in id }
        } answer: { desk, task, id in
            UploadRecordResult(
                upload: try await ShowUpload(pool: desk.readers, task: task, uploadID: id).run()
            )
        }
    }
}
