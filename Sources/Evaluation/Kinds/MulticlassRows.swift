/// One class of several; a score is the probability of each.
///
/// Such rows can be read. Nothing evaluates them yet, so that no task of the kind is made.
struct MulticlassRows: RowForm {
    private static let features: Set<TaskFeature> = [.classes]

    var features: Set<TaskFeature> { Self.features }
    var usualClasses: [Name] { [] }
    var scoring: (any Scoring)? { nil }

    func scoresPerPrediction(classes: [Name]) -> Int { classes.count }

    func scoreColumns(classes: [Name]) -> ScoreColumns {
        ScoreColumns(names: classes.map { Name("p_\($0)") }, range: 0...1, addUpToOne: true)
    }
}
