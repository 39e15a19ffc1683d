import Statistics

/// How tasks of a kind are evaluated: everything of cells, cohorts, comparisons and reports that depends on the kind.
///
/// A witness has no state. Slots of cells and the order of losses are formats: what is stored lies by them.
protocol Scoring: RowForm {
    // MARK: - Labels

    /// The label that a request has whose label never came (rule T9); `nil` where silence says nothing.
    func silentLabel(of task: PredictionTask) -> Double?

    /// A label as metrics take it: 1 for the positive class and 0 for any other, or the number.
    func outcome(_ label: Double, of task: PredictionTask) -> Double

    // MARK: - Cells

    /// What the slots of cells and of paired cells are.
    var layout: CellLayout { get }

    /// Appends what each prediction of one request adds to its cells, and to those of its pairs.
    func contribute(
        _ predictions: [CountedPrediction],
        label: Double?,
        of task: PredictionTask,
        to contributions: inout [Contribution]
    )

    /// How many predictions a cell has, and how many of them with a label.
    func counts(_ totals: CellTotals) -> ModelTotals

    /// Takes what is unlabelled in a cell for what silence means, and says how much that was.
    func labelSilence(in cell: inout ModelCell) -> Int

    /// Adds the predictions of a cell with a fine histogram, with labels or without.
    func addPredictions(of cell: ModelCell, to distribution: inout PredictionDistribution)

    // MARK: - Pairs

    /// The losses by which two models are compared, at least one; the first decides unless another is asked for.
    var losses: [PairedLoss] { get }

    /// The gains of a labelled pair, exactly those that a paired cell sums.
    func gains(
        first: Double,
        second: Double,
        label: Double,
        of task: PredictionTask
    ) -> PairGains

    /// Adds what a labelled pair tells beyond its gains, ranks excepted.
    func addEvidence(
        first: Double,
        second: Double,
        label: Double,
        of task: PredictionTask,
        to evidence: inout GainEvidence
    )

    /// Exchanges the sides of a paired cell.
    func turn(_ totals: inout CellTotals)

    /// Adds a paired cell.
    ///
    /// - Parameters:
    ///   - cell: The cell.
    ///   - sums: What it is added to.
    ///   - championIsFirst: Which side of the cell the champion is.
    ///   - impliesNegatives: Whether unlabelled pairs count as negatives (rule T9).
    func add(
        _ cell: PairCell,
        to sums: inout PairSums,
        championIsFirst: Bool,
        impliesNegatives: Bool
    )

    // MARK: - Cohorts

    var cohortLoss: CohortLoss { get }

    /// The loss of one prediction, from 0 on; 0 is right.
    func loss(_ score: Double, label: Double, of task: PredictionTask) -> Double

    /// Fills an empty cohort with what it would hold if it were frozen now.
    func restate(_ cell: ModelCell, of task: PredictionTask, in cohort: inout CohortCell)

    // MARK: - The watch

    /// The losses themselves, before the first block.
    var risk: any RiskSource { get }

    /// The losses beside those of a constant forecast on the same rows, before the first block.
    var relativeRisk: any RiskSource { get }

    /// The constant forecast, before the first block.
    var outcomeForecast: OutcomeForecast { get }

    // MARK: - Retraining

    /// The training window of a model that departs from the scores.
    ///
    /// - Parameters:
    ///   - scores: The champion's.
    ///   - outcomes: Labels as metrics take them; as many.
    ///   - features: Any number, with as many values each.
    /// - Returns: The rows, checked.
    /// - Throws: `StatisticsError` for no rows.
    func retrainingRows(
        scores: [Double],
        outcomes: [Double],
        features: [FeatureColumn]
    ) throws -> RetrainingRows

    // MARK: - Metrics

    /// In the order in which they are shown.
    var metrics: [Metric] { get }

    /// Works out the metrics of a window.
    ///
    /// - Parameters:
    ///   - window: The cells.
    ///   - rows: The rows, where they are at hand.
    ///   - wanted: The names of the metrics to work out; `nil` for all.
    /// - Returns: In the order of `metrics`; what is not wanted is not worked out.
    func estimates(
        of window: WindowCells,
        rows: LabelledRows?,
        wanted: Set<String>?
    ) -> [NamedMetric]
}

extension Scoring {
    var scoring: (any Scoring)? { self }
}
