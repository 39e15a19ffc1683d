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

    package init(
        task: Name,
        cells: Int = 0,
        pairs: Int = 0,
        predictionIDs: Int = 0,
        differences: [String] = [],
        differenceCount: Int = 0,
        rowsFrom: Instant? = nil,
        isRepaired: Bool = false
    ) {
        self.task = task
        self.cells = cells
        self.pairs = pairs
        self.predictionIDs = predictionIDs
        self.differences = differences
        self.differenceCount = differenceCount
        self.rowsFrom = rowsFrom
        self.isRepaired = isRepaired
    }

    package var isClean: Bool { differenceCount == 0 }

    mutating func note(_ difference: String) {
        differenceCount += 1
        if differences.count < 20 { differences.append(difference) }
    }
}
