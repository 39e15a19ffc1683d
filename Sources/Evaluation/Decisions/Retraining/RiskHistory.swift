import Statistics

/// What the watch over a model's risk has seen at one label age, block by block.
package struct RiskHistory: Sendable, Equatable {
    /// Blocks within which a false alarm has the probability that the watch promises.
    package static let horizonBlocks = RiskTrack.horizonBlocks

    package struct Block: Sendable, Equatable {
        package var start: Instant
        package var end: Instant
        package var rows: Int
        /// The mean loss.
        package var risk: Double
        /// ln M after the block; `nil` in the baseline.
        package var logEvidence: Double?

        package init(start: Instant, end: Instant, rows: Int, risk: Double, logEvidence: Double?) {
            self.start = start
            self.end = end
            self.rows = rows
            self.risk = risk
            self.logEvidence = logEvidence
        }
    }

    package var ageSeconds: Int64
    /// The mean loss of the baseline; `nil` until it is whole.
    package var baselineRisk: Double?
    /// What the risk may not exceed.
    package var riskBound: Double?
    /// The evidence at which an alarm is raised.
    package var logThreshold: Double?
    /// In event order.
    package var blocks: [Block]

    package init(
        ageSeconds: Int64,
        baselineRisk: Double?,
        riskBound: Double?,
        logThreshold: Double?,
        blocks: [Block]
    ) {
        self.ageSeconds = ageSeconds
        self.baselineRisk = baselineRisk
        self.riskBound = riskBound
        self.logThreshold = logThreshold
        self.blocks = blocks
    }
}

extension RiskTrack {
    /// What the track has seen since its baseline began.
    var history: RiskHistory {
        let path = watch?.detector.logEvidencePath ?? []
        let before = baseline.closed.map { block($0, logEvidence: nil) }
        let after = monitored.closed.enumerated().map { index, day in
            block(day, logEvidence: index < path.count ? path[index] : nil)
        }
        return RiskHistory(
            ageSeconds: age,
            baselineRisk: watch.map { $0.risk.mean * $0.scale.unit },
            riskBound: watch.map { $0.risk.riskBound * $0.scale.unit },
            logThreshold: logThreshold,
            blocks: before + after
        )
    }

    private func block(_ day: EvidenceDay, logEvidence: Double?) -> RiskHistory.Block {
        let plain = day.cell.lossSum / Double(max(1, day.cell.labelled))
        return RiskHistory.Block(
            start: day.start,
            end: day.end,
            rows: day.cell.labelled,
            risk: watch?.scale.mean([day.cell]) ?? plain,
            logEvidence: logEvidence
        )
    }
}
