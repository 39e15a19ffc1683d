import Contract
import Evaluation
import Harness
package import Presentation

extension Endpoint where Answer == RestatementResult {
    /// Let evidence begin anew, with the rows that came after answers had used it.
    package static var restatement: Endpoint<RestatementResult> {
        Endpoint(.post, ofTask: "/ledger/restatements", .admin, turn: .change) { asked in
            let note = try asked.members(["note"]).requiredText("note")
            return { _ in note }
        } answer: { desk, task, note in
            RestatementResult(
                restatement: try await RestateLedger(
                    pool: desk.writers,
                    task: task,
                    author: desk.author
                ).run(note: note)
            )
        }
    }
}
