import RealModule

/// Distances of two distributions over the same cells, given as shares.
public enum Divergence {
    /// Kullback and Leibler's divergence Σ p ln(p/q), in nats; 0 or more, not symmetric.
    ///
    /// - Parameters:
    ///   - p: Shares that add up to 1.
    ///   - q: Shares that add up to 1.
    /// - Returns: The divergence, or `nil` when q is 0 in a cell where p is not.
    public static func kullbackLeibler(_ p: [Double], _ q: [Double]) -> Double? {
        var sum = 0.0
        for (a, b) in zip(p, q) where a > 0 {
            guard b > 0 else { return nil }
            sum += a * Double.log(a / b)
        }
        return max(0, sum)
    }

    /// The population stability index Σ(p − q) ln(p/q): the symmetrised divergence, in nats.
    ///
    /// - Parameters:
    ///   - p: Shares that add up to 1.
    ///   - q: Shares that add up to 1.
    /// - Returns: The index, or `nil` when one of the two is 0 in a cell where the other is not.
    public static func populationStability(_ p: [Double], _ q: [Double]) -> Double? {
        var sum = 0.0
        for (a, b) in zip(p, q) where a > 0 || b > 0 {
            guard a > 0, b > 0 else { return nil }
            sum += (a - b) * Double.log(a / b)
        }
        return sum
    }

    /// Jensen and Shannon's divergence in nats, from 0 to ln 2; symmetric, empty cells allowed.
    ///
    /// - Parameters:
    ///   - p: Shares that add up to 1.
    ///   - q: Shares that add up to 1.
    /// - Returns: The divergence.
    public static func jensenShannon(_ p: [Double], _ q: [Double]) -> Double {
        var sum = 0.0
        for (a, b) in zip(p, q) {
            let middle = 0.5 * (a + b)
            if a > 0 { sum += 0.5 * a * Double.log(a / middle) }
            if b > 0 { sum += 0.5 * b * Double.log(b / middle) }
        }
        return max(0, sum)
    }

    /// Jensen and Shannon's distance with logarithms to base 2: √(divergence/ln 2), from 0 to 1.
    ///
    /// - Parameters:
    ///   - p: Shares that add up to 1.
    ///   - q: Shares that add up to 1.
    /// - Returns: The distance.
    public static func jensenShannonDistance(_ p: [Double], _ q: [Double]) -> Double {
        Double.sqrt(jensenShannon(p, q) / 0.693147180559945309417232121458)
    }

    /// Hellinger's distance √(½Σ(√p − √q)²), from 0 to 1.
    ///
    /// - Parameters:
    ///   - p: Shares that add up to 1.
    ///   - q: Shares that add up to 1.
    /// - Returns: The distance.
    public static func hellinger(_ p: [Double], _ q: [Double]) -> Double {
        var sum = 0.0
        for (a, b) in zip(p, q) {
            let gap = Double.sqrt(a) - Double.sqrt(b)
            sum += gap * gap
        }
        return min(1, Double.sqrt(0.5 * sum))
    }

    /// The total variation distance ½Σ|p − q|, from 0 to 1.
    ///
    /// - Parameters:
    ///   - p: Shares that add up to 1.
    ///   - q: Shares that add up to 1.
    /// - Returns: The distance.
    public static func totalVariation(_ p: [Double], _ q: [Double]) -> Double {
        var sum = 0.0
        for (a, b) in zip(p, q) { sum += abs(a - b) }
        return min(1, 0.5 * sum)
    }

    /// The largest difference of a share, max|p − q|, from 0 to 1.
    ///
    /// - Parameters:
    ///   - p: Shares that add up to 1.
    ///   - q: Shares that add up to 1.
    /// - Returns: The difference.
    public static func largestDifference(_ p: [Double], _ q: [Double]) -> Double {
        zip(p, q).map { abs($0 - $1) }.max() ?? 0
    }

    /// The largest difference of the cumulated shares over ordered cells, from 0 to 1.
    ///
    /// - Parameters:
    ///   - p: Shares that add up to 1, cells ascending.
    ///   - q: Shares that add up to 1, cells ascending.
    /// - Returns: The difference.
    public static func largestCumulativeDifference(_ p: [Double], _ q: [Double]) -> Double {
        var (difference, largest) = (0.0, 0.0)
        for (a, b) in zip(p, q) {
            difference += a - b
            largest = max(largest, abs(difference))
        }
        return min(1, largest)
    }
}
