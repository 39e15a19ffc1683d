import Statistics

/// A slice in which the risk has left its bound.
package struct SliceAlarm: Sendable, Equatable {
    package let slice: Slice
    /// Since when the model itself is seen to do worse there; `nil` while only its cases are.
    package let confirmedAt: Instant?
    /// The likeliest first block of the change.
    package let change: Instant
    /// ln M after the newest block, and what an alarm takes.
    package let logEvidence: Double
    package let logThreshold: Double
    /// The ratio to a constant forecast's loss: of the baseline, what is allowed, and of the newest blocks.
    package let baselineRisk: Double
    package let bound: Double
    package let recentRisk: Double
    /// The labelled rows of the newest blocks.
    package let recentRows: Int
    /// The blocks and the labelled rows since the change.
    package let blocks: Int
    package let rows: Int
    /// The rows of the rarer class since the change; `nil` where outcomes are numbers.
    package let rarerRows: Int?

    /// - Parameters:
    ///   - track: With an alarm that stands.
    ///   - watched: How many slices are watched.
    ///   - alarms: In how many an alarm stands.
    init?(_ track: SliceTrack, among watched: Int, alarms: Int) {
        guard let episode = track.watch.standing, let recent = track.recent,
            let evidence = track.watch.logEvidence, let baseline = track.watch.baseline.ratio
        else { return nil }
        let since = track.blocks[episode.changePoint...]
        slice = track.slice
        confirmedAt = track.confirmedAt
        change = track.blocks[episode.changePoint].start
        logEvidence = evidence
        logThreshold = track.watch.logThreshold(among: watched, alarms: alarms)
        baselineRisk = baseline
        bound = episode.bound
        recentRisk = recent.ratio
        recentRows = Int(recent.rows)
        blocks = since.count
        let all = since.reduce(0) { $0 + $1.evidence.rows }
        rows = Int(all)
        let positives = since.reduce(0) { $0 + $1.evidence.outcomes.sum }
        rarerRows = track.hasClasses ? Int(min(positives, all - positives)) : nil
    }
}
