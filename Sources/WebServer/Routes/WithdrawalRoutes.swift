import Contract
import Evaluation
import Harness
import HTTPTypes
import Presentation

/// One upload, and taking uploads back.
struct WithdrawalRoutes: Sendable {
    let backend: Backend

    var routes: [Route] {
        [
            Route(
                .get,
                "/v1/tasks/{task}/uploads/{upload}",
                .scope(.read),
                WithdrawalDocumentation.upload
            ) { try await upload($0) },
            // Who may upload may not take back what others sent.
            Route(
                .post,
                "/v1/tasks/{task}/withdrawals",
                .scope(.admin),
                WithdrawalDocumentation.withdraw
            ) { try await withdraw($0) },
        ]
    }

    private func upload(_ call: Call) async throws -> Answer {
        let text = try call.segment("upload")
        guard let id = Int64(text), !text.hasPrefix("+") else {
            throw Problem(.invalidRequest, "\"\(text)\" is no number of an upload.")
        }
        let task = try await backend.task(call)
        let upload = try await ShowUpload(pool: backend.readers, task: task, uploadID: id).run()
        return Answer(UploadRecordResult(upload: upload), for: call)
    }

    private func withdraw(_ call: Call) async throws -> Answer {
        let (json, _) = try await JSONDocument.read(call, backend.limits)
        let wanted = try Wanted(json)
        return try await backend.uploads.pass {
            let task = try await backend.task(call)
            let withdrawing = WithdrawUploads(
                pool: backend.writers,
                task: task,
                author: call.identity.author
            )
            return Answer(
                WithdrawalResult(report: try await wanted.run(withdrawing)),
                for: call
            )
        }
    }
}

/// What a body asks to be taken back.
private struct Wanted: Sendable {
    private let members: Members
    private let uploadID: Int64?
    private let tokenName: Name?
    private let note: String

    init(_ json: JSONValue) throws {
        members = try Members(
            json,
            allowed: [
                "upload", "small_writes_of", "small_writes_without_token", "from", "to", "note",
            ]
        )
        uploadID = try members.integer("upload")
        tokenName = try members.text("small_writes_of").map { Name($0) }
        let isWithoutToken = try members.flag("small_writes_without_token") ?? false
        note = try members.requiredText("note")
        let forms = [uploadID != nil, tokenName != nil, isWithoutToken]
        guard forms.count(where: { $0 }) == 1 else {
            throw Problem(
                .invalidRequest,
                "Give upload, its number, or small_writes_of, a token, or small_writes_without_token."
            )
        }
        let hasInterval = members["from"] != nil && members["to"] != nil
        guard uploadID == nil ? hasInterval : members["from"] == nil && members["to"] == nil else {
            throw Problem(
                .invalidRequest,
                uploadID == nil
                    ? "Say which small writes with from and to."
                    : "from and to go with small writes; an upload is taken back as a whole."
            )
        }
    }

    func run(_ withdrawing: WithdrawUploads) async throws -> WithdrawalReport {
        if let uploadID { return try await withdrawing.run(uploadID: uploadID, note: note) }
        func instant(_ name: String) throws -> Instant? {
            try members.value(name) { try Moment($0).instant(in: withdrawing.task) }
        }
        return try await withdrawing.run(
            smallWritesOf: tokenName,
            during: try Window(from: instant("from"), to: instant("to")),
            note: note
        )
    }
}
