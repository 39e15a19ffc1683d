import Statistics

/// What the watch over a slice needs of one model version in one cohort: a few sums.
package struct SliceEvidence: Sendable, Equatable {
    /// A labelled row of the slice.
    package struct Row: Sendable {
        package let score: Double
        /// 1 for a positive and 0 for another class, or the number.
        package let outcome: Double
        package let loss: Double

        package init(score: Double, outcome: Double, loss: Double) {
            self.score = score
            self.outcome = outcome
            self.loss = loss
        }
    }

    /// The most groups of outcomes.
    private static let mostGroups = 8

    /// The outcomes, and the losses by outcome.
    private(set) var outcomes = LabelGroups()
    /// Σℓ².
    private(set) var squaredLoss = 0.0
    /// How well scores tell two classes apart within the time buckets; says nothing where there are no scores.
    private(set) var area = WithinBlockArea.Block(weight: 0, area: 0)

    /// - Parameters:
    ///   - rows: In any order.
    ///   - areClasses: Whether outcomes are those of two classes.
    package init(_ rows: [Row], areClasses: Bool) {
        for row in rows.sorted(by: { ($0.outcome, $0.loss) < ($1.outcome, $1.loss) }) {
            outcomes.add(label: row.outcome, loss: row.loss)
            squaredLoss += row.loss * row.loss
        }
        outcomes.compact(most: Self.mostGroups)
        if areClasses { area = Self.area(rows) }
    }

    private static func area(_ rows: [Row]) -> WithinBlockArea.Block {
        var (scores, negatives, positives) = ([Double](), [Double](), [Double]())
        for row in rows.sorted(by: { $0.score < $1.score }) {
            if scores.last != row.score {
                scores.append(row.score)
                negatives.append(0)
                positives.append(0)
            }
            if row.outcome == 1 {
                positives[positives.count - 1] += 1
            } else {
                negatives[negatives.count - 1] += 1
            }
        }
        return WithinBlockArea.Block(
            try? ScoreHistogram(negatives: negatives, positives: positives)
        )
    }

    var rows: Double { outcomes.rows }

    mutating func add(_ other: SliceEvidence) {
        outcomes.add(other.outcomes)
        squaredLoss += other.squaredLoss
        area = area.joined(with: other.area)
    }

    /// The losses beside those of a constant forecast.
    func moments(_ reference: (Double) -> Double) -> RiskMoments? {
        outcomes.moments(
            beside: RiskMoments(rows: rows, loss: outcomes.loss, squaredLoss: squaredLoss),
            reference
        )
    }
}

// MARK: - Bytes

extension SliceEvidence {
    /// The slices of a cell, by number; no bytes without any.
    static func bytes(_ slices: [Int32: SliceEvidence]) -> [UInt8] {
        var writer = NumberWriter()
        for (slice, evidence) in slices.sorted(by: { $0.key < $1.key }) {
            writer.append(Double(slice))
            writer.append(evidence.squaredLoss)
            writer.append(evidence.area.weight)
            writer.append(evidence.area.area)
            writer.append(evidence.outcomes)
        }
        return writer.bytes
    }

    static func slices(_ bytes: [UInt8]) throws(CellCodingError) -> [Int32: SliceEvidence] {
        var slices: [Int32: SliceEvidence] = [:]
        var reader = NumberReader(bytes)
        while !reader.isAtEnd {
            let slice = Int32(try reader.count())
            slices[slice] = try SliceEvidence(&reader)
        }
        return slices
    }

    private init(_ reader: inout NumberReader) throws(CellCodingError) {
        squaredLoss = try reader.number()
        let weight = try reader.number()
        area = WithinBlockArea.Block(weight: weight, area: try reader.number())
        outcomes = try reader.groups()
    }
}
