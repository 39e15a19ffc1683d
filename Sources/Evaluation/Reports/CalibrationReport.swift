import Statistics

/// One bin of a reliability diagram.
package struct ReliabilityBin: Sendable, Equatable {
    /// The bin holds scores in [low, high).
    package var low: Double
    package var high: Double
    package var n: Int
    package var meanScore: Double
    /// The share of positives.
    package var observed: Double
    /// The 95 % Wilson interval of `observed`.
    package var observedLow: Double
    package var observedHigh: Double
    /// Where `observed` would lie with a probability of 95 % if the scores of the bin were right.
    package var consistentLow: Double
    package var consistentHigh: Double
}

/// How well a model's probabilities match what happened.
package struct CalibrationReport: Sendable, Equatable {
    package var task: PredictionTask
    package var model: Name
    package var asOf: Instant
    package var window: WindowReport
    /// The bins that hold scores, in order.
    package var bins: [ReliabilityBin]
    /// Requests that are missing in the numbers, for their rows were deleted.
    package var forgotten: Int64
    /// Set where it is a replay.
    package var replay: Replay?

    package init(
        task: PredictionTask,
        model: Name,
        asOf: Instant,
        window: WindowReport,
        bins: [ReliabilityBin],
        forgotten: Int64 = 0,
        replay: Replay? = nil
    ) {
        self.task = task
        self.model = model
        self.asOf = asOf
        self.window = window
        self.bins = bins
        self.forgotten = forgotten
        self.replay = replay
    }

    /// - Returns: No bins for a window without labels.
    package static func bins(_ window: WindowCells, width: Int) -> [ReliabilityBin] {
        var metrics = BinaryMetrics(window)
        guard let bins = metrics.equalWidthBins(width) else { return [] }
        return (0..<width).compactMap { index in
            let n = bins.counts[index]
            guard n > 0,
                let interval = wilsonInterval(successes: bins.positives[index], trials: n)
            else { return nil }
            let meanScore = bins.scoreSums[index] / n
            let consistent = consistencyInterval(
                count: Int(n),
                meanScore: min(max(meanScore, 0), 1),
                level: 0.95
            )
            return ReliabilityBin(
                low: Double(index) / Double(width),
                high: Double(index + 1) / Double(width),
                n: Int(n),
                meanScore: meanScore,
                observed: bins.positives[index] / n,
                observedLow: interval.low,
                observedHigh: interval.high,
                consistentLow: consistent?.low ?? 0,
                consistentHigh: consistent?.high ?? 1
            )
        }
    }
}

extension ReportBuilder {
    /// The cells of a group in a window.
    package func cells(of group: Group, window: Int) -> WindowCells? {
        self[group]?[window]
    }
}
