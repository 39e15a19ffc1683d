import Statistics

/// A number: a score and a label are values of up to `FixedPoint.largestValue`, either side of 0.
struct RegressionScoring: Scoring {
    private static let features: Set<TaskFeature> = [.quantiles]

    var features: Set<TaskFeature> { Self.features }
    var usualClasses: [Name] { [] }

    func scoresPerPrediction(classes: [Name]) -> Int { 1 }

    func scoreColumns(classes: [Name]) -> ScoreColumns {
        ScoreColumns(
            names: ["value"],
            range: -FixedPoint.largestValue...FixedPoint.largestValue,
            addUpToOne: false
        )
    }

    // MARK: - Labels

    func silentLabel(of task: PredictionTask) -> Double? { nil }

    func outcome(_ label: Double, of task: PredictionTask) -> Double { label }

    // MARK: - Cells

    var layout: CellLayout { .regression }

    func contribute(
        _ predictions: [CountedPrediction],
        label: Double?,
        of task: PredictionTask,
        to contributions: inout [Contribution]
    ) {
        for prediction in predictions {
            contributions.append(
                .regression(RegressionContribution(prediction: prediction.score, label: label))
            )
        }
    }

    func counts(_ totals: CellTotals) -> ModelTotals {
        let labelled = totals.count(.labelled)
        return ModelTotals(
            predictions: labelled + totals.count(.unlabelled),
            labelled: labelled
        )
    }

    func labelSilence(in cell: inout ModelCell) -> Int { 0 }

    func addPredictions(of cell: ModelCell, to distribution: inout PredictionDistribution) {
        distribution.add(
            counts(cell.totals).predictions,
            sum: cell.totals.sum(.prediction) + cell.totals.sum(.unlabelledPrediction)
        )
    }

    // MARK: - Pairs

    var losses: [PairedLoss] { [.absoluteError, .squaredError] }

    func gains(
        first: Double,
        second: Double,
        label: Double,
        of task: PredictionTask
    ) -> PairGains {
        let (one, two) = (abs(first - label), abs(second - label))
        var squares = ExactNumber()
        squares.addSquare(of: one)
        squares.addSquare(of: two, sign: -1)
        return PairGains([
            (.absoluteError, ExactNumber(one) - ExactNumber(two)), (.squaredError, squares),
        ])
    }

    func addEvidence(
        first: Double,
        second: Double,
        label: Double,
        of task: PredictionTask,
        to evidence: inout GainEvidence
    ) {
        evidence.addRegression(first: first, second: second)
    }

    private static let sides: [(RegressionPairSum, RegressionPairSum)] = [
        (.absoluteErrorFirst, .absoluteErrorSecond), (.squaredErrorFirst, .squaredErrorSecond),
    ]

    func turn(_ totals: inout CellTotals) {
        for (one, other) in Self.sides { totals.sums.swapAt(one.rawValue, other.rawValue) }
    }

    func add(
        _ cell: PairCell,
        to sums: inout PairSums,
        championIsFirst: Bool,
        impliesNegatives: Bool
    ) {
        func sum(_ sum: RegressionPairSum) -> ExactNumber { cell.totals.sum(sum) }
        sums.pairs += Int(cell.totals.numbers[RegressionPairTotal.labelled.rawValue])
        sums.unlabelledPairs += Int(cell.totals.numbers[RegressionPairTotal.unlabelled.rawValue])
        sums.distance.add(
            PairDistance(
                pairs: Int(cell.totals.numbers[RegressionPairTotal.withDistance.rawValue]),
                sum: sum(.distance)
            )
        )
        sums.add(
            .absoluteError,
            sum(.absoluteErrorFirst),
            sum(.absoluteErrorSecond),
            championIsFirst
        )
        sums.addSquares(.absoluteError, sum(.absoluteErrorGainSquared))
        sums.add(
            .squaredError,
            sum(.squaredErrorFirst),
            sum(.squaredErrorSecond),
            championIsFirst
        )
    }

    // MARK: - Cohorts

    private static let absoluteError = CohortLoss(
        name: "mean absolute error",
        watchedName: "absolute error",
        grid: .magnitudes
    )

    var cohortLoss: CohortLoss { Self.absoluteError }

    func loss(_ score: Double, label: Double, of task: PredictionTask) -> Double {
        abs(score - label)
    }

    /// Each error lies half at the lower and half at the upper end of its bin; sums are exact.
    func restate(_ cell: ModelCell, of task: PredictionTask, in cohort: inout CohortCell) {
        let counts = counts(cell.totals)
        cohort.totals.numbers = [Int128(counts.predictions), Int128(counts.labelled)]
        cohort.totals.sums = [cell.totals.sum(.absoluteError), cell.totals.sum(.squaredError)]
        let last = MagnitudeEdges.starts.count - 1
        let half = Int64(CohortCell.weightUnits) / 2
        for (bin, count) in cell.histogram.entries {
            cohort.losses.add(count * half, at: bin)
            cohort.losses.add(count * half, at: min(last, bin + 1))
        }
    }

    func retrainingRows(
        scores: [Double],
        outcomes: [Double],
        features: [FeatureColumn]
    ) throws -> RetrainingRows {
        try RetrainingRows(predictions: scores, outcomes: outcomes, features: features)
    }

    // MARK: - Metrics

    /// The mean of squares is that of a paired loss alone; reports have its root.
    private static let meanSquare = Metric(
        .squaredError,
        title: "MSE",
        needs: .pairs,
        "mean squared error"
    )

    private static let metrics = RegressionMetrics.formulas.map(\.metric) + [meanSquare]

    var metrics: [Metric] { Self.metrics }

    func estimates(
        of window: WindowCells,
        rows: LabelledRows?,
        wanted: Set<String>?
    ) -> [NamedMetric] {
        RegressionMetrics.formulas.estimates(
            of: RegressionMetrics(window, rows: rows),
            labelled: window.labelled,
            wanted: wanted
        )
    }
}
