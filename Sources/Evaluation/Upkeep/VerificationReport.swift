/// What came of comparing every cell with the ledger.
package struct VerificationReport: Sendable, Equatable {
    package var task: Name
    package var cells = 0
    package var pairs = 0
    package var predictionIDs = 0
    /// A sentence for each cell that differs, of which the first are kept.
    package var differences: [String] = []
    package var differenceCount = 0
    /// Only cells from here on were compared, where the rows of older ones are no longer kept.
    package var rowsFrom: Instant?
    /// Whether cells were found to differ and have been written anew, before those that are told of were compared.
    package var isRepaired = false

    package init(task: Name) {
        self.task = task
    }

    package var isClean: Bool { differenceCount == 0 }

    package mutating func note(_ difference: String) {
        differenceCount += 1
        if differences.count < 20 { differences.append(difference) }
    }
}
