import Statistics

/// The watch over a model's risk at one label age: a baseline, then the cohort e-SR detector, block by block.
struct RiskTrack: Sendable {
    /// The fewest blocks of a baseline.
    static let leastBaseline = 30
    /// Blocks for which the false alarm probability holds.
    static let horizonBlocks = 365
    static let sourceAlpha = 0.01
    static let targetAlpha = 0.04

    /// Where the baseline comes from.
    enum Source: Sendable {
        /// The first labelled days that are seen.
        case first(days: Int)
        case interval(Window)
        case given([EvidenceDay])
    }

    let task: PredictionTask
    let age: Int64
    /// The part of the error probability that this track may spend.
    let alpha: Double
    private(set) var source: Source
    private(set) var baseline = EvidenceBlocks()
    private(set) var baselineDays = 0
    private(set) var monitored = EvidenceBlocks()
    /// `nil` until the baseline is whole, and where its losses leave no room for a bound.
    private(set) var watch: Watch?
    private(set) var isBaselineWhole = false
    /// Why a whole baseline of enough blocks and entities makes no watch.
    private(set) var obstacle: Obstacle?

    /// What stands in the way of a bound on later risk.
    enum Obstacle: String, Sendable, CaseIterable {
        case noSpread = "The baseline's losses are too few to tell how they scatter."
        case noLoss =
            "The baseline has no loss at all, so that there is no bound between 0 and 1 above it."
        case noRoom = "The baseline's losses leave no room for a bound between 0 and 1."
    }

    struct Watch: Sendable {
        let scale: LossScale
        let risk: BaselineRisk
        /// `nil` where the baseline has no scores.
        let parts: RiskParts?
        var detector: ShiryaevRobertsDetector
    }

    /// One of `tracks` that share the error probability.
    init(task: PredictionTask, age: Int64, source: Source, tracks: Int) {
        self.task = task
        self.age = age
        alpha = Self.targetAlpha / Double(tracks)
        self.source = source
        if case .given(let days) = source {
            baseline = EvidenceBlocks(days)
            baselineDays = days.count { $0.cell.labelled > 0 }
            completeBaseline()
        }
    }

    /// Feeds a day that has reached the age.
    ///
    /// - Returns: Whether it completed a block of evidence.
    mutating func observe(_ day: EvidenceDay) -> Bool {
        guard day.cell.labelled > 0 else { return false }
        switch source {
        case .first(let days) where !isBaselineWhole:
            addToBaseline(day)
            if baselineDays >= days, baseline.closed.count >= Self.leastBaseline {
                completeBaseline()
            }
            return false
        case .interval(let window) where day.start < window.upperBound:
            if window.contains(day.start) { addToBaseline(day) }
            return false
        case .interval where !isBaselineWhole: completeBaseline()
        case .first, .interval, .given: break
        }
        guard let block = monitored.add(day), var watch else { return false }
        try? watch.detector.add(gridWeights: watch.scale.uniformGrid(block.cell))
        self.watch = watch
        return true
    }

    private mutating func addToBaseline(_ day: EvidenceDay) {
        baselineDays += 1
        baseline.add(day)
    }

    private mutating func completeBaseline() {
        isBaselineWhole = true
        armWatch()
    }

    private mutating func armWatch() {
        (watch, obstacle) = (nil, nil)
        let cells = baseline.closed.map(\.cell)
        guard cells.count >= Self.leastBaseline, hasEntities else { return }
        let scale = LossScale(task: task, baseline: cells)
        guard let risk = scale.risk(cells, tolerance: task.tolerance, alpha: Self.sourceAlpha)
        else {
            obstacle = .noSpread
            return
        }
        guard
            let detector = try? ShiryaevRobertsDetector(
                riskBound: risk.riskBound,
                overdispersion: risk.overdispersion.tempering,
                horizon: Self.horizonBlocks,
                alpha: alpha
            )
        else {
            obstacle = risk.riskBound > 0 ? .noRoom : .noLoss
            return
        }
        watch = Watch(scale: scale, risk: risk, parts: RiskParts(cells), detector: detector)
    }

    /// Groups of equal size that the baseline's groups of entities are worth; `nil` where it has none.
    var effectiveGroups: Double? { LossScale.effectiveGroups(baseline.closed.map(\.cell)) }

    /// Whether the baseline's entities are enough to tell how they scatter, where they are the unit.
    var hasEntities: Bool {
        task.evidenceUnit == .day || (effectiveGroups ?? 0) >= GainPath.leastGroups
    }

    /// Forgets the evidence so far.
    ///
    /// - Parameter renewsBaseline: Whether a baseline of the first days is taken anew as well; one that was given
    ///   stays.
    mutating func rearm(renewsBaseline: Bool) {
        monitored = EvidenceBlocks()
        guard renewsBaseline, !isBaselineGiven else {
            armWatch()
            return
        }
        source = .first(days: requiredDays)
        baseline = EvidenceBlocks()
        baselineDays = 0
        isBaselineWhole = false
        (watch, obstacle) = (nil, nil)
    }

    private var isBaselineGiven: Bool {
        if case .given = source { true } else { false }
    }

    /// Labelled days that the baseline takes at least.
    var requiredDays: Int {
        if case .first(let days) = task.baseline { return days }
        return Self.leastBaseline
    }

    /// ln M after the last block; `nil` before it.
    var logEvidence: Double? { watch?.detector.logEvidence }
    var logThreshold: Double? { watch?.detector.logThreshold }

    /// Whether the evidence is at or above its threshold in k of the last n blocks.
    func isAboveThreshold(_ confirmation: Confirmation) -> Bool {
        guard let detector = watch?.detector else { return false }
        return detector.logEvidencePath.suffix(confirmation.of)
            .count { $0 >= detector.logThreshold } >= confirmation.hits
    }

    /// The block from which on the evidence for a rise is largest.
    var changePoint: EvidenceDay? {
        watch?.detector.changePoint().map { monitored.closed[$0] }
    }
}
