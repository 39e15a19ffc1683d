import RealModule

/// McNemar's test of two models' right and wrong decisions on the same rows.
///
/// For one fixed look. Only rows on which exactly one model is right speak: b champion only, c shadow
/// only. Under equal accuracy b is Bin(b + c, ½).
public struct McNemar: Sendable, Hashable {
    /// b: the rows on which only the champion is right.
    public let championOnly: Int
    /// c: the rows on which only the shadow is right.
    public let shadowOnly: Int

    /// Keeps the two discordant counts.
    ///
    /// - Parameters:
    ///   - championOnly: b, 0 or more.
    ///   - shadowOnly: c, 0 or more.
    public init(championOnly: Int, shadowOnly: Int) {
        precondition(championOnly >= 0 && shadowOnly >= 0, "Counts are 0 or more.")
        self.championOnly = championOnly
        self.shadowOnly = shadowOnly
    }

    /// The exact two-sided p-value, min(1, 2·P(Bin(b+c, ½) ≤ min(b, c))); 1 without discordant rows.
    public var exactPValue: Double { min(1, 2 * lowerTail) }

    /// The mid-p two-sided p-value, exact − P(Bin(b+c, ½) = min(b, c)): the default.
    ///
    /// It keeps its level in practice where the exact test is too cautious; 1 − ½·pmf for b = c.
    ///
    /// ## Source
    ///
    /// Fagerland, M. W., Lydersen, S. and Laake, P. (2013). The McNemar test for binary
    /// matched-pairs data: mid-p and asymptotic are better than exact conditional. *BMC Medical
    /// Research Methodology*, 13, 91. Checked against `fixtures/statistics/05_paired`.
    public var midPValue: Double {
        if championOnly == shadowOnly { return discordant == 0 ? 1 : 1 - 0.5 * probabilityOfLess }
        return min(1, max(0, 2 * lowerTail - probabilityOfLess))
    }

    /// The statistic (b − c)²/(b + c), chi-squared with 1 degree of freedom; `nil` if b + c = 0.
    public var chiSquared: Double? { statistic(Double(abs(championOnly - shadowOnly))) }

    /// The statistic with continuity correction, (|b − c| − 1)²/(b + c); `nil` if b + c = 0.
    ///
    /// For b = c it is 1/(b + c), as the formula says and as statsmodels computes it.
    public var correctedChiSquared: Double? {
        statistic(Double(abs(championOnly - shadowOnly) - 1))
    }

    /// The p-value of ``chiSquared``; 1 without discordant rows.
    public var chiSquaredPValue: Double { pValue(chiSquared) }

    /// The p-value of ``correctedChiSquared``; 1 without discordant rows.
    public var correctedChiSquaredPValue: Double { pValue(correctedChiSquared) }

    private var discordant: Int { championOnly + shadowOnly }

    private func statistic(_ difference: Double) -> Double? {
        discordant > 0 ? difference / Double(discordant) * difference : nil
    }

    private func pValue(_ statistic: Double?) -> Double {
        statistic.map { ChiSquared(degreesOfFreedom: 1).survival($0) } ?? 1
    }

    /// P(Bin(b+c, ½) ≤ min(b, c)).
    private var lowerTail: Double {
        let less = Double(min(championOnly, shadowOnly))
        let n = Double(discordant)
        return less >= n ? 1 : Beta(n - less, less + 1).cumulative(0.5)
    }

    /// P(Bin(b+c, ½) = min(b, c)).
    private var probabilityOfLess: Double {
        let less = Double(min(championOnly, shadowOnly))
        let n = Double(discordant)
        if less == 0 { return Double.exp(-n * Double.log(2)) }
        // The binomial density is the kernel of Beta(k, n − k) times n/(k(n − k)).
        let kernel = Stirling.logBetaKernel(less, n - less, x: 0.5, y: 0.5)
        return Double.exp(kernel + Double.log(n) - Double.log(less) - Double.log(n - less))
    }
}

/// The accuracy gain (c − b)/n of the shadow with the interval of Bonett and Price.
public struct AccuracyGain: Sendable, Hashable {
    /// The gain (c − b)/n, from −1 to 1; positive when the shadow is right more often.
    public let gain: Double
    /// The interval of the gain.
    public let interval: Interval
}

/// Estimates the difference of two accuracies on the same rows.
///
///     p̃_b = (b + 1)/(n + 2), p̃_c = (c + 1)/(n + 2)
///     p̃_c − p̃_b ± z √((p̃_b + p̃_c − (p̃_c − p̃_b)²)/(n + 2))
///
/// - Parameters:
///   - championOnly: b, the rows on which only the champion is right.
///   - shadowOnly: c, the rows on which only the shadow is right.
///   - total: n, all rows; independent of each other.
///   - level: The confidence level, strictly between 0 and 1.
/// - Returns: The gain with its interval, or `nil` without rows or when b + c > n.
///
/// ## Source
///
/// Bonett, D. G. and Price, R. M. (2012). Adjusted Wald confidence interval for a difference of
/// binomial proportions based on paired data. *Journal of Educational and Behavioral Statistics*,
/// 37(4), 479–488. Checked against `fixtures/statistics/05_paired`.
public func accuracyGain(
    championOnly: Int,
    shadowOnly: Int,
    total: Int,
    level: Double = 0.95
) -> AccuracyGain? {
    Checks.level(level)
    guard total > 0, championOnly >= 0, shadowOnly >= 0, championOnly + shadowOnly <= total else {
        return nil
    }
    let n = Double(total)
    let gain = Double(shadowOnly - championOnly) / n
    let ofChampion = (Double(championOnly) + 1) / (n + 2)
    let ofShadow = (Double(shadowOnly) + 1) / (n + 2)
    let centre = ofShadow - ofChampion
    let variance = max(0, (ofChampion + ofShadow - centre * centre) / (n + 2))
    let half = Normal.critical(level: level) * Double.sqrt(variance)
    return AccuracyGain(
        gain: gain,
        interval: Interval(low: max(-1, centre - half), high: min(1, centre + half))
    )
}
