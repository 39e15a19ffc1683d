import Statistics

/// A block of evidence as the watch reads it.
struct WatchedBlock: Sendable {
    let day: EvidenceDay
    let scores: ClassScores
    /// How well the scores tell the block's classes apart; says nothing where there are no scores.
    let area: WithinBlockArea.Block

    init(_ day: EvidenceDay) {
        self.day = day
        scores = ClassScores(day.cell.scores)
        area = WithinBlockArea.Block(scores.histogram)
    }
}
