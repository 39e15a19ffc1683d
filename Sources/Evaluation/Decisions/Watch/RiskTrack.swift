import Statistics

/// The watch over a model's risk at one label age, block by block.
///
/// At the full age the risk relative to a constant forecast decides, and the risk itself is watched beside it; at younger ages
/// the risk itself does.
struct RiskTrack: Sendable {
    /// The fewest blocks of a baseline.
    static let leastBaseline = 30
    /// Blocks for which the false alarm probability holds.
    static let horizonBlocks = 365
    static let targetAlpha = 0.04

    /// Where the baseline begins.
    enum Source: Sendable {
        /// With the first labelled days that are seen.
        case first(days: Int)
        case interval(Window)
        case given([EvidenceDay])
    }

    let task: PredictionTask
    let age: Int64
    private let source: Source
    /// The blocks of the track, those that its baseline begins with first.
    private(set) var blocks = EvidenceBlocks()
    /// How well each tells the classes apart.
    private(set) var areas: [SlicedAreas.Block] = []
    private let slices: [Int32: Slice]
    /// Labelled days that the baseline began with.
    private(set) var baselineDays = 0
    /// Summed over the blocks of the baseline that decides.
    private(set) var baselineSums = RiskSums()
    /// Which baseline that is, and how many of its blocks are summed.
    private var summed: (isRelative: Bool, first: Int, count: Int)?
    private(set) var absolute: WatchedRisk
    private(set) var relative: WatchedRisk?

    /// Whether the baseline has the days that it takes before the next block.
    private var isSourceReady = false
    /// Whether it has the entities too.
    private var isReady = false

    /// - Parameters:
    ///   - task: Its tolerance and its unit of evidence count.
    ///   - age: Of its labels.
    ///   - source: Where its baseline begins.
    ///   - isFull: Whether the age is the full one.
    ///   - errorShare: The track's part of the probability of an error.
    ///   - options: What a scheduler asked for.
    ///   - slices: The names of slices by number.
    ///   - outcomes: What the relative risk is held against; `nil` where nothing is known before the first day.
    init(
        task: PredictionTask,
        age: Int64,
        source: Source,
        isFull: Bool,
        errorShare: Double,
        options: RetrainingOptions = RetrainingOptions(),
        slices: [Int32: Slice] = [:],
        after outcomes: (any RiskSource)? = nil
    ) {
        self.task = task
        self.age = age
        self.slices = slices
        self.source = source
        var rules = RelativeRiskWatch.Rules()
        rules.leastBlocks = Self.leastBaseline
        rules.horizon = Self.horizonBlocks
        rules.alpha = Self.targetAlpha * errorShare
        (rules.hits, rules.of) = (options.confirmation.hits, options.confirmation.of)
        absolute = .absolute(task, rules)
        if isFull { relative = .relative(task, rules, after: outcomes) }
        if case .given(let days) = source {
            for day in days where day.cell.labelled > 0 { addToBaseline(day) }
            isSourceReady = true
        }
    }

    /// The risk that is shown first: the relative one, once a constant forecast is settled.
    var deciding: WatchedRisk {
        guard let relative, relative.watch.isWatching else { return absolute }
        return relative
    }

    /// Feeds a day that has reached the age.
    ///
    /// - Parameters:
    ///   - day: In event order.
    ///   - mayAlarm: Whether an alarm may be raised with it.
    /// - Returns: The block of evidence that it completed and that was held against the baseline.
    mutating func observe(_ day: EvidenceDay, mayAlarm: Bool = true) -> EvidenceDay? {
        guard day.cell.labelled > 0 else { return nil }
        switch source {
        case .first(let days):
            if isWatching { return add(day, mayAlarm) }
            let block = addToBaseline(day, mayAlarm)
            if block != nil { isSourceReady = baselineDays >= days }
            return isWatching ? block : nil
        case .interval(let window) where day.start < window.upperBound:
            if window.contains(day.start) { addToBaseline(day) }
            return nil
        case .interval, .given:
            isSourceReady = true
            if isWatching { return add(day, mayAlarm) }
            let block = addToBaseline(day, mayAlarm)
            return isWatching ? block : nil
        }
    }

    /// Whether an alarm stands over one of its risks.
    var hasAlarm: Bool { absolute.standing != nil || relative?.standing != nil }

    /// Whether blocks are held against a baseline.
    var isWatching: Bool { deciding.watch.isWatching }

    @discardableResult
    private mutating func addToBaseline(_ day: EvidenceDay, _ mayAlarm: Bool = false)
        -> EvidenceDay?
    {
        let block = add(day, mayAlarm)
        if !isWatching { baselineDays += 1 }
        return block
    }

    private mutating func add(_ day: EvidenceDay, _ mayAlarm: Bool) -> EvidenceDay? {
        guard let closed = blocks.add(day) else { return nil }
        let block = WatchedBlock(closed)
        let place = blocks.closed.count - 1
        if isSourceReady, !isReady { isReady = hasEntities }
        areas.append(SlicedAreas.Block(block, slices: slices))
        if isReady, !absolute.watch.isWatching {
            let dependence = dependence(before: place)
            if dependence.isUnit(task.evidenceUnit) { absolute.temper(dependence.tempering ?? 1) }
        }
        absolute.add(block, place: place, mayStart: isReady, mayAlarm: mayAlarm)
        if isReady, relative?.watch.isWatching == false {
            relative?.temper(absolute.watch.leastTempering)
        }
        relative?.add(block, place: place, mayStart: isReady, mayAlarm: mayAlarm)
        sumBaseline()
        return closed
    }

    private mutating func sumBaseline() {
        let risk = deciding
        let baseline = risk.watch.baselineBlocks
        guard let first = baseline.first else { return }
        // A baseline that is taken anew has later blocks alone; else it only grows.
        if summed.map({ $0.isRelative != risk.isRelative || $0.first != first }) ?? false {
            (baselineSums, summed) = (RiskSums(), nil)
        }
        for block in baseline.dropFirst(summed?.count ?? 0) {
            baselineSums.add(blocks.closed[risk.places[block]])
        }
        summed = (risk.isRelative, first, baseline.count)
    }

    /// Ends the alarms that stand, for somebody has dealt with them.
    mutating func acknowledge() {
        absolute.acknowledge()
        relative?.acknowledge()
    }

    /// Takes a baseline anew from the blocks to come; until it is whole, they are held against the one there is.
    mutating func renewBaseline() {
        absolute.renewBaseline()
        relative?.renewBaseline()
    }

    // MARK: - Reading

    /// The blocks that were held against a baseline.
    var watched: ArraySlice<EvidenceDay> {
        let states = deciding.watch.states
        guard let first = states.firstIndex(where: { $0 != nil }) else { return [] }
        return blocks.closed[deciding.places[first]...]
    }

    /// Whether the baseline has the labelled days it takes.
    var hasDays: Bool { isSourceReady }

    /// Whether the baseline has the days and blocks it takes.
    var isBaselineWhole: Bool {
        isWatching || isSourceReady && deciding.watch.baselineSize >= Self.leastBaseline
    }

    /// Groups of equal size that the groups of entities are worth; `nil` where they are not the unit.
    var effectiveGroups: Double? {
        let dependence = dependence(before: blocks.closed.count)
        return dependence.isUnit(task.evidenceUnit) ? dependence.effectiveGroups : nil
    }

    private func dependence(before place: Int) -> EntityDependence {
        EntityDependence(blocks.closed[..<place].map(\.cell))
    }

    /// Whether the entities so far are enough to tell how they scatter, where they are the unit.
    var hasEntities: Bool {
        guard task.evidenceUnit == .entity, let effectiveGroups else { return true }
        return effectiveGroups >= EntityPath.leastGroups
    }

    /// Labelled days that the baseline takes at least.
    var requiredDays: Int {
        if case .first(let days) = task.baseline { return days }
        return Self.leastBaseline
    }

    /// Groups of entities as the baseline has them; `nil` where they are not the unit.
    var groupTempering: Double? {
        absolute.watch.leastTempering > 1 ? absolute.watch.leastTempering : nil
    }

    /// The block from which on the evidence for a rise is largest.
    var changePoint: EvidenceDay? { deciding.changePlace.map { blocks.closed[$0] } }
}
