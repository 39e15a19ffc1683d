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
}
