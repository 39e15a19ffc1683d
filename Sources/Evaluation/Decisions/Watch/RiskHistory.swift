import Statistics

/// What the watch over a model's risk has seen at one label age, block by block.
package struct RiskHistory: Sendable, Equatable {
    /// Blocks within which a false alarm has the probability that the watch promises.
    package static let horizonBlocks = RiskTrack.horizonBlocks

    package struct Block: Sendable, Equatable {
        package var start: Instant
        package var end: Instant
        package var rows: Int
        /// The mean loss, or its ratio to a constant forecast's.
        package var risk: Double
        /// What the risk was held against; `nil` in the first baseline.
        package var bound: Double?
        /// ln M after the block; `nil` in the first baseline.
        package var logEvidence: Double?

        package init(
            start: Instant,
            end: Instant,
            rows: Int,
            risk: Double,
            bound: Double?,
            logEvidence: Double?
        ) {
            self.start = start
            self.end = end
            self.rows = rows
            self.risk = risk
            self.bound = bound
            self.logEvidence = logEvidence
        }
    }

    package var ageSeconds: Int64
    /// Whether risks are relative to a constant forecast's.
    package var isRelative: Bool
    /// The risk of the baseline; `nil` until it is whole.
    package var baselineRisk: Double?
    /// What the risk may not exceed.
    package var riskBound: Double?
    /// The evidence at which an alarm is raised.
    package var logThreshold: Double?
    /// In event order.
    package var blocks: [Block]

    package init(
        ageSeconds: Int64,
        isRelative: Bool,
        baselineRisk: Double?,
        riskBound: Double?,
        logThreshold: Double?,
        blocks: [Block]
    ) {
        self.ageSeconds = ageSeconds
        self.isRelative = isRelative
        self.baselineRisk = baselineRisk
        self.riskBound = riskBound
        self.logThreshold = logThreshold
        self.blocks = blocks
    }
}

extension RiskTrack {
    /// What the track has seen since its baseline began.
    var history: RiskHistory {
        let risk = deciding
        let blocks = zip(risk.places.indices, zip(risk.places, risk.watch.states)).compactMap {
            index,
            step in
            risk.mean(index..<index + 1).map { mean in
                let day = self.blocks.closed[step.0]
                return RiskHistory.Block(
                    start: day.start,
                    end: day.end,
                    rows: day.cell.labelled,
                    risk: mean,
                    bound: step.1?.bound,
                    logEvidence: step.1?.logEvidence
                )
            }
        }
        return RiskHistory(
            ageSeconds: age,
            isRelative: risk.isRelative,
            baselineRisk: risk.baseline,
            riskBound: risk.bound,
            logThreshold: risk.watch.isWatching ? risk.watch.logThreshold : nil,
            blocks: blocks
        )
    }
}
