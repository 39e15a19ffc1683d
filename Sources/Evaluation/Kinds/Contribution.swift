/// What one prediction of a request adds to its cells.
///
/// A request has one for each of its predictions, all of the kind of its task; who adds them up passes them on and
/// knows no kind.
enum Contribution: Sendable {
    case binary(BinaryContribution)
    case regression(RegressionContribution)
}

/// What one pair of predictions adds to its paired cells.
enum PairContribution: Sendable {
    case binary(BinaryPairContribution)
    case regression(RegressionPairContribution)

    /// - Precondition: Both are of one request.
    init(_ first: Contribution, _ second: Contribution) {
        switch (first, second) {
        case (.binary(let one), .binary(let two)):
            self = .binary(BinaryPairContribution(one, two))
        case (.regression(let one), .regression(let two)):
            self = .regression(RegressionPairContribution(one, two))
        case (.binary, _), (.regression, _):
            preconditionFailure("A request is of one kind of task.")
        }
    }
}

extension ModelCell {
    /// Adds a contribution, or takes it back.
    ///
    /// - Parameters:
    ///   - contribution: Of the kind that the cell is of.
    ///   - isFine: Whether the cell has a fine histogram.
    ///   - sign: +1 adds, −1 takes back.
    mutating func add(_ contribution: Contribution, isFine: Bool, sign: Int64) {
        switch contribution {
        case .binary(let binary): add(binary, isFine: isFine, sign: sign)
        case .regression(let regression): add(regression, sign: sign)
        }
    }
}

extension PairCell {
    /// Adds a contribution, or takes it back.
    ///
    /// - Parameters:
    ///   - contribution: Of the kind that the cell is of.
    ///   - sign: +1 adds, −1 takes back.
    mutating func add(_ contribution: PairContribution, sign: Int64) {
        switch contribution {
        case .binary(let binary): add(binary, sign: sign)
        case .regression(let regression): add(regression, sign: sign)
        }
    }
}
