/// What one prediction of a number adds to its cells.
struct RegressionContribution: Sendable {
    let prediction: Double
    let label: Double?
}

/// What one pair of predictions of a number adds to its paired cells.
struct RegressionPairContribution: Sendable {
    /// The absolute errors; `nil` without a label.
    let errors: (first: Double, second: Double)?
    let distance: Double

    init(_ first: RegressionContribution, _ second: RegressionContribution) {
        distance = abs(first.prediction - second.prediction)
        errors = first.label.map { (abs(first.prediction - $0), abs(second.prediction - $0)) }
    }
}

extension ModelCell {
    mutating func add(_ contribution: RegressionContribution, sign: Int64) {
        let prediction = contribution.prediction
        guard let label = contribution.label else {
            totals.numbers[RegressionTotal.unlabelled.rawValue] += Int128(sign)
            totals.add(prediction, to: .unlabelledPrediction, sign)
            return
        }
        let error = prediction - label
        totals.numbers[RegressionTotal.labelled.rawValue] += Int128(sign)
        totals.add(prediction, to: .prediction, sign)
        totals.add(label, to: .label, sign)
        totals.addSquare(of: label, to: .labelSquared, sign)
        totals.add(abs(error), to: .absoluteError, sign)
        totals.addSquare(of: error, to: .squaredError, sign)
        totals.add(abs(label), to: .absoluteLabel, sign)
        histogram.add(sign, at: MagnitudeEdges.bin(abs(error)))
    }
}

extension PairCell {
    mutating func add(_ pair: RegressionPairContribution, sign: Int64) {
        func slot(_ sum: RegressionPairSum) -> Int { sum.rawValue }
        totals.numbers[RegressionPairTotal.withDistance.rawValue] += Int128(sign)
        totals.sums[slot(.distance)].add(pair.distance, sign: sign)
        guard let errors = pair.errors else {
            totals.numbers[RegressionPairTotal.unlabelled.rawValue] += Int128(sign)
            return
        }
        totals.numbers[RegressionPairTotal.labelled.rawValue] += Int128(sign)
        totals.sums[slot(.absoluteErrorFirst)].add(errors.first, sign: sign)
        totals.sums[slot(.absoluteErrorSecond)].add(errors.second, sign: sign)
        totals.sums[slot(.absoluteErrorGainSquared)]
            .addSquare(of: errors.first - errors.second, sign: sign)
        totals.sums[slot(.squaredErrorFirst)].addSquare(of: errors.first, sign: sign)
        totals.sums[slot(.squaredErrorSecond)].addSquare(of: errors.second, sign: sign)
    }
}

extension CellTotals {
    @inline(__always)
    fileprivate mutating func add(_ value: Double, to sum: RegressionSum, _ sign: Int64) {
        sums[sum.rawValue].add(value, sign: sign)
    }

    @inline(__always)
    fileprivate mutating func addSquare(of value: Double, to sum: RegressionSum, _ sign: Int64) {
        sums[sum.rawValue].addSquare(of: value, sign: sign)
    }
}
