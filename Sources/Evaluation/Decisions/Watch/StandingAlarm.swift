import Statistics

/// An alarm of the watch over one risk, from the block that raised it on.
///
/// A risk may also rise because the cases have become others: a good model's ratio to a constant forecast moves with the
/// frequency of the outcome, and with how far labels lie apart. So an alarm is *confirmed* only where the model itself is seen
/// to do worse.
///
/// With scores of two classes: where they tell the classes of one block surely less well apart than those of the baseline do, by
/// more than a tenth, also within the slices of each key; or, of the relative risk, where recalibrating surely gains (of the
/// risk itself that would be so in every season which the model does not know). With labels that are numbers: where the other one of the two risks is surely above
/// its own bound since the change. Where neither can be told, it is confirmed at once.
struct StandingAlarm: Sendable {
    /// Standard errors by which the model must surely do worse.
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
    private var areas = SlicedAreas()
    private let baselineAreas: SlicedAreas
    private let isDiscriminating: Bool
    /// The other one of the two risks since the change; `nil` where it is not watched.
    private var otherRisk: RelativeRisk?
    /// What that may not exceed.
    private var otherBound: Double?

    /// - Parameters:
    ///   - risk: With an alarm that stands.
    ///   - track: Whose risk it is.
    ///   - days: The blocks up to now, each beside the champion recalibrated; `nil` where the kind has no scores.
    init?(_ risk: WatchedRisk, of track: RiskTrack, _ days: [RecalibratedShadow.Day]?) {
        guard let episode = risk.standing else { return nil }
        let blocks = track.blocks.closed
        block = blocks[risk.places[episode.alarm]]
        at = block.knownAt
        change = blocks[risk.places[episode.changePoint]]
        changeIndex = episode.changePoint
        isRelative = risk.isRelative
        isDiscriminating = track.task.kind.has(.calibration)
        let places = risk.baselinePlaces
        baselineAreas = SlicedAreas(places.map { track.areas[$0] })
        recalibration = RecalibrationStanding(ratio: risk.watch.baseline.ratio ?? 0)
        if !isDiscriminating {
            if Self.other(than: risk, of: track) != nil {
                otherRisk = RelativeRisk()
            } else {
                confirmedAt = at
            }
        }
        // Both end with the newest block.
        for step in episode.changePoint..<risk.places.count {
            let fromEnd = risk.places.count - step
            let day = days.flatMap { $0.count >= fromEnd ? $0[$0.count - fromEnd] : nil }
            add(step, risk, track, day)
        }
    }

    /// Takes in the newest block.
    mutating func addLast(
        _ risk: WatchedRisk,
        of track: RiskTrack,
        _ days: [RecalibratedShadow.Day]?
    ) {
        add(risk.places.count - 1, risk, track, days?.last)
    }

    private mutating func add(
        _ index: Int,
        _ risk: WatchedRisk,
        _ track: RiskTrack,
        _ day: RecalibratedShadow.Day?
    ) {
        let place = risk.places[index]
        let block = track.blocks.closed[place]
        sums.add(block)
        areas.add(track.areas[place])
        let first = risk.places[changeIndex]
        let newest = day?.fittedUpTo.flatMap { known in
            track.blocks.closed[first...place].lastIndex { $0.start <= known }
        }
        recalibration.add(
            day,
            seen: newest.map { $0 - first + 1 } ?? 0,
            reference: risk.moments[index].reference,
            area: track.areas[place].all
        )
        if let other = Self.other(than: risk, of: track),
            let own = other.places.lastIndex(of: place)
        {
            otherRisk?.add(other.moments[own])
            otherBound = other.bound
        }
        guard confirmedAt == nil, block.knownAt >= at else { return }
        let isSure = [lossOfDiscrimination, riseOfOtherRisk].contains { $0 ?? 0 > Self.errors }
        if isSure || isRelative && recalibration.surelyGains { confirmedAt = block.knownAt }
    }

    private static func other(than risk: WatchedRisk, of track: RiskTrack) -> WatchedRisk? {
        let other = risk.isRelative ? track.absolute : track.relative
        return other?.watch.isWatching == true ? other : nil
    }

    /// How surely the other one of the two risks is above its bound since the change, in standard errors; `nil` where that tells
    /// nothing, or with fewer than two blocks.
    var riseOfOtherRisk: Double? {
        otherBound.flatMap { otherRisk?.rise(above: $0) }
    }

    /// How surely the scores tell the classes less well apart than the baseline's less a tenth, in standard errors.
    var lossOfDiscrimination: Double? { areas.loss(since: baselineAreas, beyond: Self.leastLoss) }
}
