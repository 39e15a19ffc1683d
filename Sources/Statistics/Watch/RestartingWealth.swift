/// The wealth of a mixture of bets whose game begins anew with every block: M ← (M + 1)·e for each bet.
struct RestartingWealth: Sendable, Hashable {
    private var logWealths: [Double]

    init(betCount: Int) {
        logWealths = [Double](repeating: -.infinity, count: betCount)
    }

    mutating func add(_ logIncrements: [Double]) {
        for bet in logWealths.indices {
            logWealths[bet] = LogSpace.add(logWealths[bet], 0) + logIncrements[bet]
        }
    }

    /// ln of the mean over the bets.
    var logEvidence: Double { LogSpace.mean(logWealths) }
}
