/// How far apart a champion and a shadow are on the requests that both scored, with labels or without.
///
///     D = √(Σ(f − g)²/n) for probabilities, D = Σ|f − g|/n for numbers          0 ≤ D, 0 where all are the same
///
/// f and g are the two predictions of a request, so that D is in their unit for either kind of task; the root of the mean
/// square is what paired cells have of probabilities (`PairDistance`). It is at least the mean of |f − g|, and more so where
/// few requests lie far apart. It says where two models differ, never which of them is better.
///
/// ## Edge cases
///
/// - Without requests all is `nil`; without a decision at a threshold both shares are.
/// - Labels that a task's policy implies count as labels.
package struct PairsApart: Sendable, Equatable {
    /// Requests that both scored.
    package var requests = 0
    /// Those of them with a label.
    package var labelled = 0
    /// D.
    package var distance: Double?
    /// Share of the requests whose scores lie on different sides of the task's threshold.
    package var decidedDifferently: Double?
    /// The same of those with a label.
    package var labelledDecidedDifferently: Double?

    /// Nothing is known.
    package init() {}

    package init(_ sums: PairSums) {
        requests = sums.allPairs
        labelled = sums.pairs
        distance = sums.distance.mean.map { sums.kind.sumsSquaredDistances ? $0.squareRoot() : $0 }
        decidedDifferently = sums.disagreements.flatMap { Self.share($0, of: requests) }
        labelledDecidedDifferently = sums.labelledDisagreements.flatMap {
            Self.share($0, of: labelled)
        }
    }

    private static func share(_ part: Int, of whole: Int) -> Double? {
        whole > 0 ? Double(part) / Double(whole) : nil
    }
}
