import Evaluation
import Store

extension TaskView {
    /// The evidence of an answer.
    var ledgerInForce: LedgerPart { ledger(toldBy: ledger?.inForceSince ?? .distantFuture) }

    /// What a restatement now would put in force; `nil` where that is the same.
    var ledgerWithLateRows: LedgerPart? {
        guard let ledger, ledger.lateRows > 0, !ledger.isLoading else { return nil }
        return self.ledger(toldBy: ledger.asOf)
    }

    /// What was in force before each restatement, the first first.
    var ledgersBefore: [LedgerPart] {
        guard let ledger, let liveSince = ledger.liveSince else { return [] }
        return ([liveSince] + ledger.restatements).dropLast().map(self.ledger(toldBy:))
    }

    private func ledger(toldBy instant: Instant) -> LedgerPart {
        .inForce(present: present, toldBy: instant, asOf: ledger?.asOf ?? present)
    }
}
