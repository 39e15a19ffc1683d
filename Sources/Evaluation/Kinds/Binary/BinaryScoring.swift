/// One class of two: a score is the probability of the positive class, a label the index of a class.
struct BinaryScoring: Scoring {
    private static let features: Set<TaskFeature> = [.classes, .threshold, .calibration, .areas]

    var features: Set<TaskFeature> { Self.features }
    var usualClasses: [Name] { ["0", "1"] }

    func scoresPerPrediction(classes: [Name]) -> Int { 1 }

    func scoreColumns(classes: [Name]) -> ScoreColumns {
        ScoreColumns(names: ["score"], range: 0...1, addUpToOne: false)
    }

    // MARK: - Labels

    func silentLabel(of task: PredictionTask) -> Double? {
        guard task.labelPolicy == .negative else { return nil }
        return task.positiveClass == 0 ? 1 : 0
    }

    func outcome(_ label: Double, of task: PredictionTask) -> Double {
        task.isPositive(label) ? 1 : 0
    }

    // MARK: - Cells

    var layout: CellLayout { .binary }

    func contribute(
        _ predictions: [CountedPrediction],
        label: Double?,
        of task: PredictionTask,
        to contributions: inout [Contribution]
    ) {
        let isPositive = if let label { task.isPositive(label) } else { false }
        let group: BinaryGroup =
            label == nil ? .unlabelled : isPositive ? .positive : .negative
        for prediction in predictions {
            let losses = BinaryLosses(
                probability: prediction.score,
                isPositive: isPositive,
                threshold: task.threshold
            )
            contributions.append(.binary(BinaryContribution(group: group, losses: losses)))
        }
    }

    func counts(_ totals: CellTotals) -> ModelTotals {
        let labelled =
            Int(totals.binary(.count, .negative) + totals.binary(.count, .positive))
        return ModelTotals(
            predictions: labelled + Int(totals.binary(.count, .unlabelled)),
            labelled: labelled
        )
    }

    /// Moves the unlabelled group, whose losses are those of a negative, to the negatives.
    func labelSilence(in cell: inout ModelCell) -> Int {
        let implied = Int(cell.totals.binary(.count, .unlabelled))
        for total in BinaryTotal.allCases {
            cell.totals.numbers[total.slot(.negative)] += cell.totals.binary(total, .unlabelled)
            cell.totals.numbers[total.slot(.unlabelled)] = 0
        }
        let width = cell.histogram.slotCount / BinaryGroup.allCases.count
        for (slot, value) in cell.histogram.entries where slot < width {
            cell.histogram.add(value, at: BinaryGroup.negative.rawValue * width + slot)
            cell.histogram.add(-value, at: slot)
        }
        return implied
    }

    func addPredictions(of cell: ModelCell, to distribution: inout PredictionDistribution) {
        let bins = ScoreEdges.fine.count
        for (slot, count) in cell.histogram.entries where slot % 2 == 0 {
            distribution.add(count, inBin: slot / 2 % bins, of: bins)
        }
    }

    // MARK: - Metrics

    private static let metrics = BinaryMetrics.formulas.map(\.metric)

    var metrics: [Metric] { Self.metrics }

    func estimates(
        of window: WindowCells,
        rows: LabelledRows?,
        wanted: Set<String>?
    ) -> [NamedMetric] {
        BinaryMetrics.formulas.estimates(
            of: BinaryMetrics(window, rows: rows),
            labelled: window.labelled,
            wanted: wanted
        )
    }
}
