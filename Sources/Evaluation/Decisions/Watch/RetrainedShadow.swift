import Statistics

/// The champion, fitted anew every week on its own score, the logged features and the slices of its matured days: a forecaster
/// that could have been in use, judged like any other shadow, and a lower bound on what retraining would win.
package struct RetrainedShadow: Sendable {
    /// A block of evidence, of the rows that were looked at.
    package struct Block: Sendable, Equatable {
        package var start: Instant
        package var end: Instant
        package var knownAt: Instant
        /// When the newest day that the fit knew began.
        package var fittedUpTo: Instant
        package var rows: Int
        /// The sums of the losses.
        package var champion: Double
        package var retrained: Double

        var gain: Double { champion - retrained }
    }

    /// In event order.
    package private(set) var blocks: [Block] = []
    /// What the newest fit rests on.
    private(set) var fittedRows = 0
    private(set) var features = 0
    private(set) var gains: VirtualGains

    /// - Parameters:
    ///   - weeks: The weeks that are known, in event order.
    ///   - task: The task; its horizon and its tolerance count.
    ///   - buckets: Its time buckets.
    ///   - errorShare: What restatements of the ledger have left of the probability of an error.
    package init(
        _ weeks: [(week: RefitWeek, judged: JudgedRefit)],
        task: PredictionTask,
        buckets: TimeBuckets,
        errorShare: Double
    ) {
        gains = VirtualGains(tolerance: task.tolerance, errorShare: errorShare)
        var open: Block?
        for (week, judged) in weeks where !judged.days.isEmpty {
            (fittedRows, features) = (judged.fittedRows, judged.features)
            let newest = week.fitted.first?.number ?? week.dates.lowerBound
            let due = buckets.window(ofDay: week.dates.upperBound - 1).upperBound
                .advanced(bySeconds: task.horizonSeconds)
            for day in judged.days {
                let window = buckets.window(ofDay: day.date)
                var block =
                    open
                    ?? Block(
                        start: window.lowerBound,
                        end: window.upperBound,
                        knownAt: due,
                        fittedUpTo: buckets.window(ofDay: newest).lowerBound,
                        rows: 0,
                        champion: 0,
                        retrained: 0
                    )
                (block.end, block.knownAt) = (window.upperBound, due)
                block.rows += day.rows
                block.champion += day.champion
                block.retrained += day.retrained
                let isWhole = block.rows >= EvidenceBlocks.leastRows
                open = isWhole ? nil : block
                if isWhole { add(block) }
            }
        }
    }

    private mutating func add(_ block: Block) {
        blocks.append(block)
        gains.add(
            VirtualGains.Block(
                knownAt: block.knownAt,
                rows: Double(block.rows),
                champion: block.champion,
                other: block.retrained
            ),
            counts: true
        )
    }

    /// What it would have won back of the excess since the change that an alarm is over, in the weeks whose fit knew
    /// ``WonBack/leastBlocks`` blocks since the change.
    ///
    /// - Parameters:
    ///   - change: The start of the first block of the change.
    ///   - risk: The risk that the alarm is over.
    ///   - track: Its blocks.
    /// - Returns: The sums; of no block where no fit knew enough.
    func wonBack(since change: Instant, _ risk: WatchedRisk, _ track: RiskTrack) -> WonBack {
        var sums = WonBack()
        let ratio = risk.watch.baseline.ratio ?? 0
        let changed = risk.places.indices.filter {
            track.blocks.closed[risk.places[$0]].start >= change
        }
        let starts = changed.map { track.blocks.closed[risk.places[$0]].start }
        guard starts.count > WonBack.leastBlocks else { return sums }
        let informed = starts[WonBack.leastBlocks - 1]
        var rest = blocks[...].drop { $0.start < change }
        for index in changed {
            let block = track.blocks.closed[risk.places[index]]
            let own = rest.prefix { $0.start < block.end }
            rest = rest.dropFirst(own.count)
            let known = own.filter { $0.start >= block.start && $0.fittedUpTo >= informed }
            let rows = known.reduce(0) { $0 + $1.rows }
            guard rows > 0 else { continue }
            let gain = known.reduce(0) { $0 + $1.gain } / Double(rows)
            let labelled = Double(block.cell.labelled)
            let moments = risk.moments[index]
            sums.add(
                rows: labelled,
                gain: gain * labelled,
                excess: moments.loss - ratio * moments.reference
            )
        }
        return sums
    }
}
