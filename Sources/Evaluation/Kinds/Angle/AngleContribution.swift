/// What one prediction of an angle adds to its cells.
struct AngleContribution: Sendable {
    /// In degrees from 0 to 180; `nil` without a label.
    let error: Double?

    init(prediction: Double, label: Double?) {
        error = label.map { Self.distance(prediction, $0) }
    }

    /// The shorter way from one direction to the other, in degrees from 0 to 180.
    static func distance(_ one: Double, _ other: Double) -> Double {
        abs((one - other).remainder(dividingBy: 360))
    }
}

/// What one pair of predictions of an angle adds to its paired cells.
struct AnglePairContribution: Sendable {
    let errors: (first: Double, second: Double)?

    init(_ first: AngleContribution, _ second: AngleContribution) {
        errors = first.error.flatMap { one in second.error.map { (one, $0) } }
    }
}

extension ModelCell {
    mutating func add(_ contribution: AngleContribution, sign: Int64) {
        guard let error = contribution.error else {
            totals.numbers[AngleSlots.unlabelled] += Int128(sign)
            return
        }
        totals.numbers[AngleSlots.labelled] += Int128(sign)
        totals.sums[AngleSlots.error].add(error, sign: sign)
        totals.sums[AngleSlots.squaredError].addSquare(of: error, sign: sign)
        histogram.add(sign, at: MagnitudeEdges.bin(error))
    }
}

extension PairCell {
    mutating func add(_ pair: AnglePairContribution, sign: Int64) {
        guard let errors = pair.errors else {
            totals.numbers[AngleSlots.unlabelled] += Int128(sign)
            return
        }
        totals.numbers[AngleSlots.labelled] += Int128(sign)
        totals.sums[AngleSlots.errorFirst].add(errors.first, sign: sign)
        totals.sums[AngleSlots.errorSecond].add(errors.second, sign: sign)
        totals.sums[AngleSlots.gainSquared].addSquare(of: errors.first - errors.second, sign: sign)
    }
}
