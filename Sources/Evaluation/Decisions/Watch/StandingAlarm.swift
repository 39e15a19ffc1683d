import Statistics

/// An alarm of the watch over one risk, from the block that raised it on.
///
/// A risk may also rise because the cases have become others: a good model's ratio to a constant forecast moves with the
/// frequency of the outcome. So an alarm is *confirmed* only where the model itself is seen to do worse: where its scores
/// tell the classes of one block surely less well apart than those of the baseline do, by more than a tenth, or, of the relative
/// risk, where recalibrating surely gains; of the risk itself that would be so in every season which the model does not know.
/// Where neither can be told, for there are no scores of two classes, it is confirmed at once.
struct StandingAlarm: Sendable {
    /// Standard errors by which discrimination must be lower.
    static let errors = 2.33
    /// The share of the baseline's skill that must be lost.
    ///
    /// Seasons move skill by two hundredths; where it is lost, a rise of the risk by a fifth takes a third of it.
    static let leastLoss = 0.1

    /// The block that raised it.
    let block: EvidenceDay
    /// When that was known.
    let at: Instant
    /// The first block of the change, at most the alarm's.
    let change: EvidenceDay
    /// Its place among the blocks of the watch.
    private let changeIndex: Int
    /// Whether the risk is relative to a constant forecast.
    let isRelative: Bool
    /// Since when it is; `nil` while it is not.
    private(set) var confirmedAt: Instant?
    private(set) var recalibration: RecalibrationStanding
    /// Summed over the blocks since the change.
    private(set) var sums = RiskSums()
    private var area = WithinBlockArea()
    private let baselineArea: WithinBlockArea
    private let isDiscriminating: Bool

    /// - Parameters:
    ///   - risk: With an alarm that stands.
    ///   - track: Whose risk it is.
    ///   - days: The blocks up to now, each beside the champion recalibrated; `nil` where the kind has no scores.
    init?(_ risk: WatchedRisk, of track: RiskTrack, _ days: [VirtualShadow.Day]?) {
        guard let episode = risk.standing else { return nil }
        let blocks = track.blocks.closed
        block = blocks[risk.places[episode.alarm]]
        at = block.knownAt
        change = blocks[risk.places[episode.changePoint]]
        changeIndex = episode.changePoint
        isRelative = risk.isRelative
        isDiscriminating = track.task.kind.has(.calibration)
        let places = risk.baselinePlaces
        baselineArea = WithinBlockArea(places.map { track.areas[$0] })
        recalibration = RecalibrationStanding(ratio: risk.watch.baseline.ratio ?? 0)
        if !isDiscriminating { confirmedAt = at }
        // Both end with the newest block.
        for step in episode.changePoint..<risk.places.count {
            let fromEnd = risk.places.count - step
            let day = days.flatMap { $0.count >= fromEnd ? $0[$0.count - fromEnd] : nil }
            add(step, risk, track, day)
        }
    }

    /// Takes in the newest block.
    mutating func addLast(_ risk: WatchedRisk, of track: RiskTrack, _ days: [VirtualShadow.Day]?) {
        add(risk.places.count - 1, risk, track, days?.last)
    }

    private mutating func add(
        _ index: Int,
        _ risk: WatchedRisk,
        _ track: RiskTrack,
        _ day: VirtualShadow.Day?
    ) {
        let place = risk.places[index]
        let block = track.blocks.closed[place]
        sums.add(block)
        area.add(track.areas[place])
        let first = risk.places[changeIndex]
        let newest = day?.fittedUpTo.flatMap { known in
            track.blocks.closed[first...place].lastIndex { $0.start <= known }
        }
        recalibration.add(
            day,
            seen: newest.map { $0 - first + 1 } ?? 0,
            reference: risk.sums[index].reference,
            area: track.areas[place]
        )
        guard confirmedAt == nil, block.knownAt >= at else { return }
        let hasLost = lossOfDiscrimination.map { $0 > Self.errors } ?? false
        if hasLost || isRelative && recalibration.surelyGains { confirmedAt = block.knownAt }
    }

    /// How surely the scores tell the classes less well apart than the baseline's less a tenth, in standard errors.
    var lossOfDiscrimination: Double? { area.loss(since: baselineArea, beyond: Self.leastLoss) }
}
