/// A direction in degrees: the error is the shorter way round.
struct AngleScoring: Scoring {
    var features: Set<TaskFeature> { [] }
    var usualClasses: [Name] { [] }

    func scoresPerPrediction(classes: [Name]) -> Int { 1 }

    func scoreColumns(classes: [Name]) -> ScoreColumns {
        ScoreColumns(names: ["value"], range: -360...360, addUpToOne: false)
    }

    // MARK: - Labels

    func silentLabel(of task: PredictionTask) -> Double? { nil }

    func outcome(_ label: Double, of task: PredictionTask) -> Double { label }

    // MARK: - Cells

    var layout: CellLayout { .angle }

    func contribute(
        _ predictions: [CountedPrediction],
        label: Double?,
        of task: PredictionTask,
        to contributions: inout [Contribution]
    ) {
        for prediction in predictions {
            contributions.append(
                .angle(AngleContribution(prediction: prediction.score, label: label))
            )
        }
    }

    func counts(_ totals: CellTotals) -> ModelTotals {
        let labelled = Int(totals.numbers[AngleSlots.labelled])
        return ModelTotals(
            predictions: labelled + Int(totals.numbers[AngleSlots.unlabelled]),
            labelled: labelled
        )
    }

    func labelSilence(in cell: inout ModelCell) -> Int { 0 }

    // MARK: - Pairs

    var losses: [PairedLoss] { [.angularError] }

    func gains(
        first: Double,
        second: Double,
        label: Double,
        of task: PredictionTask
    ) -> PairGains {
        PairGains([
            (
                .angularError,
                ExactNumber(AngleContribution.distance(first, label))
                    - ExactNumber(AngleContribution.distance(second, label))
            )
        ])
    }

    func addEvidence(
        first: Double,
        second: Double,
        label: Double,
        of task: PredictionTask,
        to evidence: inout GainEvidence
    ) {}

    func turn(_ totals: inout CellTotals) {
        totals.sums.swapAt(AngleSlots.errorFirst, AngleSlots.errorSecond)
    }

    func add(
        _ cell: PairCell,
        to sums: inout PairSums,
        championIsFirst: Bool,
        impliesNegatives: Bool
    ) {
        sums.pairs += Int(cell.totals.numbers[AngleSlots.labelled])
        sums.unlabelledPairs += Int(cell.totals.numbers[AngleSlots.unlabelled])
        sums.add(
            .angularError,
            cell.totals.sums[AngleSlots.errorFirst],
            cell.totals.sums[AngleSlots.errorSecond],
            championIsFirst
        )
        sums.addSquares(.angularError, cell.totals.sums[AngleSlots.gainSquared])
    }

    // MARK: - Cohorts

    private static let angularError = CohortLoss(
        name: "mean angular error",
        watchedName: "angular error (capped)",
        grid: .magnitudes
    )

    var cohortLoss: CohortLoss { Self.angularError }

    func loss(_ score: Double, label: Double, of task: PredictionTask) -> Double {
        AngleContribution.distance(score, label)
    }

    func restate(_ cell: ModelCell, of task: PredictionTask, in cohort: inout CohortCell) {
        let counts = counts(cell.totals)
        cohort.totals.numbers = [Int128(counts.predictions), Int128(counts.labelled)]
        cohort.totals.sums = [
            cell.totals.sums[AngleSlots.error], cell.totals.sums[AngleSlots.squaredError],
        ]
        for (bin, count) in cell.histogram.entries {
            cohort.losses.add(count * Int64(CohortCell.weightUnits), at: bin)
        }
    }

    // MARK: - Metrics

    private static let formulas: [MetricFormula<WindowCells>] = [
        .init(
            Metric(
                .angularError,
                title: "angular error",
                usual: 1,
                "mean shorter way round, in degrees"
            )
        ) { window in
            MetricEstimate(
                Double(window.cell.totals.sums[AngleSlots.error]) / Double(window.labelled),
                window.interval({ $0.sums[AngleSlots.error] }, .positive(power: 1)),
                n: window.labelled
            )
        }
    ]

    var metrics: [Metric] { Self.formulas.map(\.metric) }

    func estimates(
        of window: WindowCells,
        rows: LabelledRows?,
        wanted: Set<String>?
    ) -> [NamedMetric] {
        Self.formulas.estimates(of: window, labelled: window.labelled, wanted: wanted)
    }
}
