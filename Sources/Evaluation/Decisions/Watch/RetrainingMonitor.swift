import Statistics

/// The watch over a champion, fed with what became known in the order in which it did.
///
/// Its state after an instant depends on nothing that became known later, so a recommendation as of a past
/// instant is the one that was given then.
package struct RetrainingMonitor: Sendable {
    package struct Inputs: Sendable {
        package var task: PredictionTask
        package var options = RetrainingOptions()
        /// The model's days by label age, ascending; each in event order.
        package var days: [(age: Int64, days: [EvidenceDay])] = []
        /// The days of a baseline file.
        package var baselineFile: [EvidenceDay] = []
        /// When the model took over from another champion; `nil` if it has always been the champion.
        package var championSince: Instant?
        package var acknowledgements: [Acknowledgement] = []
        /// The slices that are watched, by number.
        package var slices: [Int32: Slice] = [:]
        /// What restatements of the ledger have left of the probability of a false alarm.
        package var errorShare = 1.0
        /// Whether it is asked what correcting the scores is worth while no alarm stands.
        package var judgesCorrecting = true

        package init(task: PredictionTask) {
            self.task = task
        }
    }

    /// A rise of the risk that has surely ended.
    package struct Recovery: Sendable, Equatable {
        package var change: Instant
        package var alarmedAt: Instant
        package var at: Instant
    }

    /// Since when evidence is collected, and why since then.
    package struct Epoch: Sendable, Equatable {
        package enum Cause: String, Sendable, CaseIterable {
            case start
            case newChampion = "new_champion"
            case newVersion = "new_version"
            case acknowledged
        }
        package var cause: Cause
        /// Days that start earlier are no evidence; `nil` for all days.
        package var from: Instant?
        /// When it became known.
        package var at: Instant?
    }

    let inputs: Inputs
    private(set) var tracks: [RiskTrack]
    /// The alarms that stand over the relative risk and over the risk itself, confirmed or not.
    private(set) var standing: [StandingAlarm] = []
    /// The last confirmed alarm that ended by itself.
    private(set) var recovered: Recovery?
    /// The version that has taken over under an alarm: its rows alone count until the alarm ends.
    private(set) var servingVersion: Int32?
    private var takeover: VersionTakeover?
    private(set) var epoch: Epoch
    /// Days of the full age that are known.
    private(set) var matured: [EvidenceDay] = []
    /// The champion recalibrated; `nil` for regression.
    private(set) var virtual: RecalibratedShadow?
    private(set) var slices: SliceWatches
    /// Blocks that nobody has asked about since.
    private var notCorrected: [EvidenceDay] = []
    /// The next day of each track, and the next acknowledgement.
    private var cursors: [Int]
    private var nextAcknowledgement = 0
    /// The tracks before they saw anything.
    private let freshTracks: [RiskTrack]
    /// The labelled days that a model which took over had as a shadow, by track.
    private var shadowTime: [[EvidenceDay]]
    /// The watch over that time.
    private var shadowTracks: [RiskTrack]

    package init(_ inputs: Inputs) {
        var inputs = inputs
        // What a file tells has no age but the full one.
        if inputs.task.baseline == .file { inputs.days = inputs.days.suffix(1) }
        inputs.acknowledgements.sort { $0.instant < $1.instant }
        self.inputs = inputs
        let source: RiskTrack.Source =
            switch inputs.task.baseline {
            case .first(let days): .first(days: days)
            case .interval(let window): .interval(window)
            case .file: .given(inputs.baselineFile)
            }
        freshTracks = inputs.days.indices.map { Self.track($0, source, inputs) }
        tracks = freshTracks
        shadowTracks = freshTracks
        shadowTime = inputs.days.map { _ in [] }
        cursors = inputs.days.map { _ in 0 }
        virtual =
            inputs.task.kind.has(.calibration)
            ? RecalibratedShadow(tolerance: inputs.task.tolerance, errorShare: inputs.errorShare)
            : nil
        slices = SliceWatches(
            inputs.slices,
            inputs.task,
            errorShare: inputs.errorShare,
            confirmation: inputs.options.confirmation
        )
        epoch = Epoch(cause: .start)
        if let since = inputs.championSince {
            epoch = Epoch(cause: .newChampion, from: since, at: since)
        }
    }

    /// A model that took over brings its last days as a shadow as its baseline, or those of the task's baseline
    /// interval; they become known one by one.
    ///
    /// Days on which it had become worse itself, as a watch over its time as a shadow says, are no baseline.
    private mutating func observeShadowTime(_ day: EvidenceDay, _ track: Int) {
        guard epoch.cause == .newChampion, day.cell.labelled > 0 else { return }
        switch inputs.task.baseline {
        case .first(let count):
            shadowTime[track].append(day)
            _ = shadowTracks[track].observe(day)
            tracks[track] = freshTracks[track]
            let isRaised = shadowTracks[track].deciding.standing != nil
            let change = isRaised ? shadowTracks[track].changePoint?.start : nil
            let sound = shadowTime[track].filter { $0.start < change ?? .distantFuture }
            for day in sound.suffix(count) { _ = tracks[track].observe(day) }
        case .interval(let window) where day.start < window.upperBound:
            _ = tracks[track].observe(day)
        case .interval, .file: break
        }
    }

    // MARK: - Going on

    /// Takes in what became known up to an instant.
    package mutating func advance(to instant: Instant) {
        while let event = nextEvent, event.at <= instant {
            switch event.kind {
            case .day(let track):
                observe(inputs.days[track].days[cursors[track]], track)
                cursors[track] += 1
            case .acknowledgement:
                acknowledge(inputs.acknowledgements[nextAcknowledgement])
                nextAcknowledgement += 1
            }
        }
        if inputs.judgesCorrecting { correct() }
    }

    /// Shows the virtual shadow the blocks so far.
    private mutating func correct() {
        for block in notCorrected { virtual?.add(block) }
        notCorrected = []
    }

    private enum EventKind {
        case day(track: Int)
        case acknowledgement
    }

    private var nextEvent: (at: Instant, kind: EventKind)? {
        var next: (at: Instant, kind: EventKind)?
        for track in cursors.indices where cursors[track] < inputs.days[track].days.count {
            let at = inputs.days[track].days[cursors[track]].knownAt
            if next.map({ at < $0.at }) ?? true { next = (at, .day(track: track)) }
        }
        if nextAcknowledgement < inputs.acknowledgements.count {
            let at = inputs.acknowledgements[nextAcknowledgement].instant
            if next.map({ at < $0.at }) ?? true { next = (at, .acknowledgement) }
        }
        return next
    }

    private mutating func observe(_ day: EvidenceDay, _ track: Int) {
        let isFull = track == tracks.count - 1
        if isFull { matured.append(day) }
        if let from = epoch.from, day.start < from, epoch.cause != .newVersion {
            observeShadowTime(day, track)
            return
        }
        if isFull, let next = takeover?.add(day) {
            servingVersion = next.version
            epoch = Epoch(cause: .newVersion, from: next.from, at: day.knownAt)
        }
        guard let counted = servingVersion.map(day.only) ?? day else { return }
        let mayAlarm = !isCoolingDown(day.knownAt)
        let completed = tracks[track].observe(counted, mayAlarm: mayAlarm)
        if isFull, isEvidence(day) {
            slices.add(counted, mayStart: full.isWatching, mayAlarm: mayAlarm)
        }
        guard let block = completed else { return }
        if isFull {
            notCorrected.append(block)
            followAlarms(block)
        }
    }

    /// Whether a day belongs to the baseline of the task or follows it.
    private func isEvidence(_ day: EvidenceDay) -> Bool {
        if case .interval(let window) = inputs.task.baseline {
            day.start >= window.lowerBound
        } else {
            true
        }
    }

    private mutating func followAlarms(_ block: EvidenceDay) {
        let track = full
        let before = standing
        if track.hasAlarm { correct() }
        standing = [track.relative, track.absolute].compactMap { $0 }.compactMap { risk in
            guard let episode = risk.standing else { return nil }
            let raised = track.blocks.closed[risk.places[episode.alarm]]
            let known = before.first {
                $0.isRelative == risk.isRelative && $0.block.start == raised.start
            }
            guard var alarm = known else { return StandingAlarm(risk, of: track, virtual?.days) }
            alarm.addLast(risk, of: track, virtual?.days)
            return alarm
        }
        if takeover == nil, let alarm { takeover = VersionTakeover(alarm: alarm.block) }
        let ended = before.first { $0.confirmedAt != nil }
        if let ended, alarm == nil { recover(from: ended, at: block.knownAt) }
    }

    private mutating func recover(from ended: StandingAlarm, at instant: Instant) {
        recovered = Recovery(change: ended.change.start, alarmedAt: ended.at, at: instant)
        takeover = nil
        guard servingVersion != nil else { return }
        servingVersion = nil
        for track in tracks.indices { tracks[track].renewBaseline() }
    }

    /// The confirmed alarm.
    var alarm: StandingAlarm? { standing.first { $0.confirmedAt != nil } }

    /// Since when the alarm counts, over all rows or in a slice, which may be later than when it was raised; `nil` where none
    /// does.
    package var alarmedAt: Instant? { alarm?.confirmedAt ?? slices.confirmedAt }

    /// What correcting the champion's scores is worth, where that is sure and enough to act on without an alarm that counts.
    ///
    /// More than twice the tolerance; or more than the tolerance while the risk has surely risen.
    var worth: VirtualGains.Worth? {
        guard alarm == nil, let gains = virtual?.gains else { return nil }
        if gains.paysTwice.since != nil { return gains.paysTwice }
        return isRaised && gains.pays.since != nil ? gains.pays : nil
    }

    /// Whether correcting the champion's scores is worth doing.
    package var recalibrationPays: Bool { worth != nil }

    /// Whether an alarm stands, confirmed or not.
    package var isRaised: Bool { !standing.isEmpty }

    /// An alarm that is not confirmed, where no other is.
    var unconfirmed: StandingAlarm? { alarm == nil ? standing.first : nil }

    /// Whether labels of a young age raise an alarm.
    package var isSuspected: Bool { tracks.dropLast().contains { $0.deciding.standing != nil } }

    private mutating func acknowledge(_ acknowledgement: Acknowledgement) {
        guard alarmedAt != nil || acknowledgement.renewsBaseline else { return }
        let isOfSlices = alarm == nil && slices.confirmedAt != nil
        slices.acknowledge(renewsBaseline: acknowledgement.renewsBaseline)
        // The watch over all rows, which has nothing to say, keeps its baseline then.
        let renews = acknowledgement.renewsBaseline && !isOfSlices
        epoch = Epoch(
            cause: .acknowledged,
            from: renews ? acknowledgement.instant : servingVersion == nil ? epoch.from : nil,
            at: acknowledgement.instant
        )
        for track in tracks.indices {
            if renews, inputs.task.baseline != .file {
                renewBaseline(track)
            } else {
                tracks[track].acknowledge()
            }
        }
        (standing, takeover, servingVersion) = ([], nil, nil)
    }

    /// What the alarm was about is the new normal.
    private mutating func renewBaseline(_ track: Int) {
        let old = tracks[track]
        let isFull = track == tracks.count - 1
        let accepted = old.blocks.closed.filter { block in
            isFull && alarm.map { block.start >= $0.change.start } ?? false
        }
        tracks[track] = Self.track(
            track,
            .first(days: old.requiredDays),
            inputs,
            after: old.relative?.source
        )
        for block in accepted { _ = tracks[track].observe(block, mayAlarm: false) }
    }

    private static func track(
        _ index: Int,
        _ source: RiskTrack.Source,
        _ inputs: Inputs,
        after outcomes: (any RiskSource)? = nil
    ) -> RiskTrack {
        let isFull = index == inputs.days.count - 1
        return RiskTrack(
            task: inputs.task,
            age: inputs.days[index].age,
            source: source,
            isFull: isFull,
            errorShare: inputs.errorShare / Double(isFull ? 1 : inputs.days.count - 1),
            options: inputs.options,
            slices: inputs.slices,
            after: outcomes
        )
    }

    private func isCoolingDown(_ instant: Instant) -> Bool {
        guard let armed = epoch.at else { return false }
        return instant < armed.advanced(bySeconds: inputs.options.coolDownSeconds)
    }

    /// The track of the full age.
    var full: RiskTrack { tracks[tracks.count - 1] }
}
