import RealModule

/// The hedged betting confidence sequence of a mean in [0, 1] that does not change.
///
///     K⁺(m) = Π(1 + min(λᵢ, ½/m)(Xᵢ − m))     K⁻(m) = Π(1 − min(λᵢ, ½/(1−m))(Xᵢ − m))
///     λᵢ = √(2 ln(2/α)/(σ̂²_{i−1} i ln(i + 1)))     keep m while max(½K⁺, ½K⁻) ≤ 1/α
///
/// Among the narrowest for independent rows of one distribution. Not for drift: after a step it misses
/// the running mean more often than not; then use ``EmpiricalBernsteinSequence``.
///
/// ## Source
///
/// Waudby-Smith, I. and Ramdas, A. (2024). *Journal of the Royal Statistical Society B*, 86(1), 1–27.
/// Checked against confseq 0.0.11 `betting_cs`: `fixtures/statistics/06_anytime`.
public struct HedgedBettingSequence: Sendable, Hashable {
    /// The probability that the sequence ever misses.
    public let alpha: Double
    /// The values so far.
    public private(set) var count = 0
    private let intervals: Int
    private var logUp: [Double]
    private var logDown: [Double]
    private var sum = 0.0
    private var squares = 0.0

    /// Starts a sequence.
    ///
    /// - Parameters:
    ///   - alpha: The error probability, strictly between 0 and 1.
    ///   - intervals: The means 0, 1/N, …, 1 are tried, N ≥ 2; each value costs O(N).
    public init(alpha: Double = 0.05, intervals: Int = 1000) {
        Checks.alpha(alpha)
        precondition(intervals >= 2, "There are two intervals or more.")
        self.alpha = alpha
        self.intervals = intervals
        logUp = [Double](repeating: 0, count: intervals + 1)
        logDown = logUp
    }

    /// Adds a value.
    ///
    /// - Parameter value: A value from 0 to 1.
    /// - Throws: ``StatisticsError/notAProbability(name:element:value:)``.
    public mutating func add(_ value: Double) throws(StatisticsError) {
        try Checks.probabilities("values", [value])
        let i = Double(count + 1)
        // One made-up value of ½ with variance ¼ keeps the first bets small.
        let variance = (0.25 + squares) / i
        let bet = Double.sqrt(2 * Double.log(2 / alpha) / (variance * i * Double.log(i + 1)))
        for point in 0...intervals {
            let m = Double(point) / Double(intervals)
            let up = min(bet, 0.5 / m)
            let down = min(bet, 0.5 / (1 - m))
            logUp[point] += Double.log(onePlus: up * (value - m))
            logDown[point] += Double.log(onePlus: -down * (value - m))
        }
        count += 1
        sum += value
        let centre = (0.5 + sum) / (i + 1)
        squares += (value - centre) * (value - centre)
    }

    /// ln max(½K⁺, ½K⁻): the evidence against a mean, at the nearest mean that is tried.
    ///
    /// - Parameter mean: m, from 0 to 1.
    /// - Returns: The logarithm of the evidence; the mean is rejected when it exceeds ln(1/α).
    public func logEvidence(against mean: Double) -> Double {
        precondition(mean >= 0 && mean <= 1, "The mean is from 0 to 1.")
        let point = Int((mean * Double(intervals)).rounded())
        return max(logUp[point], logDown[point]) - Double.log(2)
    }

    /// The means that are not rejected now, widened by one step of the grid at either end.
    ///
    /// `nil` when all are rejected, which the data of a constant mean do with probability α at most.
    public var interval: Interval? {
        let limit = Double.log(2 / alpha)
        let kept = (0...intervals).filter { max(logUp[$0], logDown[$0]) <= limit }
        guard let first = kept.first, let last = kept.last else { return nil }
        let step = 1 / Double(intervals)
        return Interval(
            low: max(0, Double(first) * step - step),
            high: min(1, Double(last) * step + step)
        )
    }
}
