/// The share of reports that have come by age, from reports alone: no denominators needed.
///
///     q_a = #{D = a, window ≥ a}/#{D ≤ a, window ≥ a}     G(a − 1) = G(a)(1 − q_a), G(W) = 1
///
/// For data in which only positives report, as charge-backs do: the delay D is seen only if it is
/// within the age that the row could be watched for. Conditional on D ≤ W; nothing can be known beyond.
///
/// ## Source
///
/// Lagakos, S. W., Barraj, L. M. and De Gruttola, V. (1988). Nonparametric analysis of truncated
/// survival data. *Biometrika*, 75(3), 515–523; Kalbfleisch, J. D. and Lawless, J. F. (1989). *Journal
/// of the American Statistical Association*, 84, 360–372.
/// Checked against `fixtures/statistics/09_delay`.
public struct ReverseHazard: Sendable, Hashable {
    /// G(a) for a = 0, …, W.
    public let shares: [Double]
    /// The reports at risk at each age, from 0 to W; the entry for age 0 is not used and is 0.
    public let atRisk: [Int]

    /// Estimates the shares from reports.
    ///
    /// - Parameters:
    ///   - delays: The delay D of each report, 0 or more.
    ///   - observableAges: How long each reported row could be watched; at least its delay.
    ///   - window: W ≥ 0; reports with a longer delay are left out.
    /// - Throws: ``StatisticsError`` for unequal lengths and delays outside their range.
    public init(delays: [Int], observableAges: [Int], window: Int) throws(StatisticsError) {
        precondition(window >= 0 && window <= 1_000_000, "The window is from 0 to a million.")
        try Checks.sameCount("delays", delays.count, "observableAges", observableAges.count)
        for (delay, age) in zip(delays, observableAges) where delay < 0 || age < delay {
            throw .outOfRange(
                name: "delay",
                value: Double(delay),
                allowed: "from 0 to the observable age \(age)"
            )
        }
        // reports[d][w] would be large; two passes over cumulated counts do the same.
        var atAge = [Int](repeating: 0, count: window + 1)
        var entering = [Int](repeating: 0, count: window + 2)
        var leaving = [Int](repeating: 0, count: window + 2)
        for (delay, age) in zip(delays, observableAges) where delay <= window {
            atAge[delay] += 1
            // At risk for every a with delay ≤ a ≤ min(age, W).
            entering[delay] += 1
            leaving[min(age, window) + 1] += 1
        }
        var risk = [Int](repeating: 0, count: window + 1)
        var current = 0
        for a in 0...window {
            current += entering[a] - leaving[a]
            risk[a] = a == 0 ? 0 : current
        }
        var shares = [Double](repeating: 1, count: window + 1)
        for a in stride(from: window, to: 0, by: -1) {
            let q = risk[a] > 0 ? Double(atAge[a]) / Double(risk[a]) : 0
            shares[a - 1] = shares[a] * (1 - q)
        }
        self.shares = shares
        atRisk = risk
    }

    /// G at an age; 1 beyond the window.
    ///
    /// - Parameter age: The age.
    /// - Returns: The share of reports that have come by then.
    public func share(atAge age: Int) -> Double {
        age < 0 ? 0 : shares[min(age, shares.count - 1)]
    }
}
