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

        package init(task: PredictionTask) {
            self.task = task
        }
    }

    /// An alarm that stands.
    package struct Alarm: Sendable, Equatable {
        package var track: Int
        package var at: Instant
        /// The block of evidence that raised it.
        package var block: EvidenceDay
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
    package private(set) var alarm: Alarm?
    private(set) var epoch: Epoch
    /// Days of the full age that are known.
    private(set) var matured: [EvidenceDay] = []
    /// The champion recalibrated; `nil` for regression.
    private(set) var virtual: VirtualShadow?
    private var seenVersions: Set<Int32> = []
    /// The next day of each track, and the next acknowledgement.
    private var cursors: [Int]
    private var nextAcknowledgement = 0
    /// The tracks before they saw anything.
    private let freshTracks: [RiskTrack]
    /// The labelled days that a model which took over had as a shadow, by track.
    private var shadowTime: [[EvidenceDay]]

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
        freshTracks = inputs.days.map {
            RiskTrack(task: inputs.task, age: $0.age, source: source, tracks: inputs.days.count)
        }
        tracks = freshTracks
        shadowTime = inputs.days.map { _ in [] }
        cursors = inputs.days.map { _ in 0 }
        virtual = inputs.task.kind.has(.calibration) ? VirtualShadow() : nil
        epoch = Epoch(cause: .start)
        if let since = inputs.championSince {
            epoch = Epoch(cause: .newChampion, from: since, at: since)
        }
    }

    /// A model that took over brings its last days as a shadow as its baseline, or those of the task's baseline
    /// interval; they become known one by one.
    private mutating func observeShadowTime(_ day: EvidenceDay, _ track: Int) {
        guard epoch.cause == .newChampion, day.cell.labelled > 0 else { return }
        switch inputs.task.baseline {
        case .first(let count):
            shadowTime[track].append(day)
            tracks[track] = freshTracks[track]
            for day in shadowTime[track].suffix(count) { _ = tracks[track].observe(day) }
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
        if track == tracks.count - 1 { matured.append(day) }
        if let from = epoch.from, day.start < from {
            observeShadowTime(day, track)
            return
        }
        let unseen = day.versions.subtracting(seenVersions)
        seenVersions.formUnion(day.versions)
        if alarm != nil, !unseen.isEmpty {
            rearm(
                Epoch(cause: .newVersion, from: day.start, at: day.knownAt),
                renewsBaseline: true
            )
        }
        guard tracks[track].observe(day), let block = tracks[track].monitored.closed.last else {
            return
        }
        if track == tracks.count - 1 { virtual?.add(block) }
        guard alarm == nil, !isCoolingDown(day.knownAt),
            tracks[track].isAboveThreshold(inputs.options.confirmation)
        else { return }
        alarm = Alarm(track: track, at: day.knownAt, block: block)
    }

    private mutating func acknowledge(_ acknowledgement: Acknowledgement) {
        guard alarm != nil || acknowledgement.renewsBaseline else { return }
        rearm(
            Epoch(
                cause: .acknowledged,
                from: acknowledgement.renewsBaseline ? acknowledgement.instant : epoch.from,
                at: acknowledgement.instant
            ),
            renewsBaseline: acknowledgement.renewsBaseline
        )
    }

    private mutating func rearm(_ epoch: Epoch, renewsBaseline: Bool) {
        self.epoch = epoch
        alarm = nil
        for track in tracks.indices { tracks[track].rearm(renewsBaseline: renewsBaseline) }
    }

    private func isCoolingDown(_ instant: Instant) -> Bool {
        guard let armed = epoch.at else { return false }
        return instant < armed.advanced(bySeconds: inputs.options.coolDownSeconds)
    }

    /// The track of the full age.
    var full: RiskTrack { tracks[tracks.count - 1] }
}
