/// What the rows of a kind of task hold: all that has to be known to take them in.
protocol RowForm: Sendable {
    var features: Set<TaskFeature> { get }
    /// The classes of a task that names none.
    var usualClasses: [Name] { get }
    func scoresPerPrediction(classes: [Name]) -> Int
    func scoreColumns(classes: [Name]) -> ScoreColumns
    /// How tasks with such rows are evaluated; `nil` where they cannot be yet.
    var scoring: (any Scoring)? { get }
}

/// The columns of a prediction's scores.
package struct ScoreColumns: Sendable {
    /// In the order in which scores are stored.
    package let names: [Name]
    /// Where each score lies.
    package let range: ClosedRange<Double>
    /// Whether they are the probabilities of all classes, whose sum is 1.
    package let addUpToOne: Bool
}
