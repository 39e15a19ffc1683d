/// How many requests were told with several contents for a model, and how many with several labels of the same time.
///
/// Kept for each time bucket, beside the cells: a request counts in the bucket of its earliest prediction that is
/// known, whatever model that is of.
package struct ContradictionCount: Sendable, Equatable {
    package var scores: Int64
    package var labels: Int64

    package init(scores: Int64 = 0, labels: Int64 = 0) {
        self.scores = scores
        self.labels = labels
    }

    /// What one request counts.
    ///
    /// - Parameters:
    ///   - history: What was told of it.
    ///   - asOf: What became known later is not seen.
    ///   - standing: The standing predictions as of that instant.
    package init(of history: PredictionHistory, asOf: Instant, standing: [Int]) {
        scores = history.hasSeveralScores(asOf: asOf, standing: standing) ? 1 : 0
        labels = history.hasSeveralLabels(asOf: asOf) ? 1 : 0
    }

    package var isZero: Bool { scores == 0 && labels == 0 }

    package mutating func add(_ other: ContradictionCount, sign: Int64) {
        scores += sign * other.scores
        labels += sign * other.labels
    }

    package static func += (left: inout ContradictionCount, right: ContradictionCount) {
        left.add(right, sign: 1)
    }
}

extension Sequence<ContradictionCount> {
    package var total: ContradictionCount {
        reduce(into: ContradictionCount()) { $0 += $1 }
    }
}
