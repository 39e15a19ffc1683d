import Statistics

/// The watches over the declared slices of a task, judged together: a model that breaks for a tenth of its requests is hardly
/// worse over all of them.
///
/// Each slice has a baseline of its own, its first blocks once the watch over all rows has begun. An alarm is raised by e-BH:
/// in the k of K watched slices with the highest evidence, where the k-th has ln M ≥ ln(T/α) + ln(K/k).
struct SliceWatches: Sendable {
    /// α of all slices together, beside that of the watch over all rows.
    static let targetAlpha = 0.01

    /// In the order of the slices.
    private(set) var tracks: [SliceTrack]
    private let places: [Int32: Int]
    private let confirmation: Confirmation

    /// - Parameters:
    ///   - slices: By number.
    ///   - task: Its tolerance counts.
    ///   - errorShare: What restatements of the ledger have left of the probability of an error.
    ///   - confirmation: In how many of the newest blocks of a slice its evidence must be high.
    init(
        _ slices: [Int32: Slice],
        _ task: PredictionTask,
        errorShare: Double,
        confirmation: Confirmation
    ) {
        self.confirmation = confirmation
        var rules = RelativeRiskWatch.Rules()
        rules.scale = .relative
        rules.tolerance = task.tolerance.ofRisk
        rules.leastBlocks = RiskTrack.leastBaseline
        rules.horizon = RiskTrack.horizonBlocks
        rules.alpha = Self.targetAlpha * errorShare
        let ordered = slices.sorted { ($0.value, $0.key) < ($1.value, $1.key) }
        tracks = ordered.map { SliceTrack($0.value, task, rules) }
        places = Dictionary(
            uniqueKeysWithValues: ordered.enumerated().map { ($0.element.key, $0.offset) }
        )
    }

    /// Takes in a day of the full age.
    ///
    /// - Parameters:
    ///   - day: In event order.
    ///   - mayStart: Whether watches may begin.
    ///   - mayAlarm: Whether an alarm may be raised with it.
    mutating func add(_ day: EvidenceDay, mayStart: Bool, mayAlarm: Bool) {
        var held: Set<Int> = []
        for (number, evidence) in day.cell.slices {
            guard let place = places[number] else { continue }
            if tracks[place].add(evidence, of: day, mayStart: mayStart) { held.insert(place) }
        }
        let raised = raised
        for place in held {
            tracks[place].hear(raised.contains(place), confirmation, mayAlarm: mayAlarm)
            tracks[place].judge()
        }
    }

    /// Where the evidence is that of an alarm by now.
    private var raised: Set<Int> {
        let watched = tracks.indices.filter { tracks[$0].isWatched }
        guard let rules = watched.first.map({ tracks[$0].watch.rules }) else { return [] }
        let evidence = watched.map { tracks[$0].watch.logEValue ?? -.infinity }
        let rejected = eBenjaminiHochberg(logEvidence: evidence, alpha: rules.alpha)
        return Set(zip(watched, rejected).filter(\.1).map(\.0))
    }

    /// Ends the alarms that stand, for somebody has dealt with them.
    mutating func acknowledge(renewsBaseline: Bool) {
        for place in tracks.indices { tracks[place].acknowledge(renewsBaseline: renewsBaseline) }
    }

    // MARK: - Reading

    /// The slices with an alarm that stands, those first in which it counts, and of these the surest first.
    var alarms: [SliceAlarm] {
        let watched = tracks.count { $0.isWatched }
        let standing = tracks.filter { $0.watch.standing != nil }
        return standing.compactMap {
            SliceAlarm($0, among: watched, alarms: standing.count)
        }.sorted {
            ($0.confirmedAt == nil ? 1 : 0, -$0.logEvidence, $0.slice)
                < ($1.confirmedAt == nil ? 1 : 0, -$1.logEvidence, $1.slice)
        }
    }

    /// Since when an alarm counts; `nil` where none does.
    var confirmedAt: Instant? { tracks.compactMap(\.confirmedAt).min() }
}

extension SliceTrack {
    /// Whether its newest block was held against a baseline.
    var isWatched: Bool { watch.states.last.map { $0 != nil } ?? false }
}
