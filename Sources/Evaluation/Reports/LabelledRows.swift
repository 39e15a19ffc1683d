/// Labelled rows of a window, for metrics that are exact only from rows.
package struct LabelledRows: Sendable {
    package private(set) var scores: [Double] = []
    /// The labels; of binary tasks 1 for the positive class, else 0.
    package private(set) var labels: [Double] = []

    package init() {}

    package mutating func add(score: Double, label: Double) {
        scores.append(score)
        labels.append(label)
    }

    /// The same rows by score, then by label: sums of them come out the same, bit for bit, in whatever order they were
    /// read, which what has become known since may change.
    package var inOrder: LabelledRows {
        var ordered = LabelledRows()
        for (score, label) in zip(scores, labels).sorted(by: { $0 < $1 }) {
            ordered.add(score: score, label: label)
        }
        return ordered
    }
}
