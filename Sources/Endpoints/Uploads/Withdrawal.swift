import Contract
import Evaluation
import Harness
package import Presentation

extension Endpoint where Answer == WithdrawalResult {
    /// Takes back an upload, or of small writes those of an interval.
    ///
    /// Who may upload may not take back what others sent.
    package static var withdrawal: Endpoint<WithdrawalResult> {
        Endpoint(.post, ofTask: "/withdrawals", .admin, turn: .change) { asked in
            let members = try asked.members(
                ["upload", "small_writes_of", "small_writes_without_token", "from", "to", "note"]
            )
            let wrong = try WrongRows(members)
            let note = try members.requiredText("note")
            return { task in (wrong: try wrong.bounded(in: task), note: note) }
        } answer: { desk, task, question in
            let withdrawing = WithdrawUploads(pool: desk.writers, task: task, author: desk.author)
            let report =
                switch question.wrong {
                case .upload(let id): try await withdrawing.run(uploadID: id, note: question.note)
                case .smallWrites(let token, let window):
                    try await withdrawing.run(
                        smallWritesOf: token,
                        during: window,
                        note: question.note
                    )
                }
            return WithdrawalResult(report: report)
        }
    }
}

/// What is to be taken back, as a body has it.
private struct WrongRows: Sendable {
    enum Bounded: Sendable {
        case upload(Int64)
        /// The `token` is `nil` for what was sent without one.
        case smallWrites(token: Name?, Window)
    }

    private let uploadID: Int64?
    private let tokenName: Name?
    private let range: MomentRange

    init(_ members: Members) throws {
        uploadID = try members.integer("upload")
        tokenName = try members.text("small_writes_of").map { Name($0) }
        range = MomentRange(
            from: try members.value("from", Moment.init),
            to: try members.value("to", Moment.init)
        )
        let isWithoutToken = try members.flag("small_writes_without_token") ?? false
        guard [uploadID != nil, tokenName != nil, isWithoutToken].count(where: { $0 }) == 1 else {
            throw ParameterFault(
                .impossible,
                """
                Give \(terminal: "the number of an upload", request: "upload, its number"), or \
                \(setting: "small_writes_of"), a token, or \(setting: "small_writes_without_token").
                """
            )
        }
        let isWhole = range.from == nil && range.to == nil
        let hasInterval = range.from != nil && range.to != nil
        guard uploadID == nil ? hasInterval : isWhole else {
            throw ParameterFault(
                .impossible,
                uploadID == nil
                    ? "Say which small writes with \(setting: "from") and \(setting: "to")."
                    : """
                    \(setting: "from") and \(setting: "to") go with small writes; an upload is taken back as a whole.
                    """
            )
        }
    }

    func bounded(in task: PredictionTask) throws -> Bounded {
        if let uploadID { return .upload(uploadID) }
        return .smallWrites(token: tokenName, try range.window(in: task))
    }
}
