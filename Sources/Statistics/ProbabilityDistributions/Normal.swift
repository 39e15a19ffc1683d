import RealModule

/// The standard normal distribution.
public enum Normal {
    private static let logSquareRootTwoPi = 0.918938533204672741780329736405617639861

    /// The density φ(x) = e^(−x²/2) / √(2π).
    ///
    /// - Parameter x: A real number.
    /// - Returns: The density.
    public static func density(_ x: Double) -> Double {
        Double.exp(-0.5 * x * x - logSquareRootTwoPi)
    }

    /// The probability Φ(x) of a value up to x.
    ///
    /// - Parameter x: A real number.
    /// - Returns: Φ(x), relatively accurate in the lower tail too.
    public static func cumulative(_ x: Double) -> Double {
        0.5 * Double.erfc(-x * 0.707106781186547524400844362104849039)
    }

    /// The probability 1 − Φ(x) of a value above x, relatively accurate in the upper tail.
    ///
    /// - Parameter x: A real number.
    /// - Returns: 1 − Φ(x).
    public static func survival(_ x: Double) -> Double { cumulative(-x) }

    /// The two-sided p-value 2(1 − Φ(|z|)) of a standard normal statistic.
    ///
    /// - Parameter z: The statistic.
    /// - Returns: The p-value, from 0 to 1.
    public static func twoSidedPValue(_ z: Double) -> Double { min(1, 2 * survival(abs(z))) }

    /// The logarithm of Φ(x), finite where Φ(x) itself underflows (x < −38).
    ///
    /// - Parameter x: A real number.
    /// - Returns: ln Φ(x).
    public static func logCumulative(_ x: Double) -> Double {
        if x > -30 {
            return x > 5 ? Double.log(onePlus: -survival(x)) : Double.log(cumulative(x))
        }
        // Φ(x) = φ(x)/|x| · (1 − 1/x² + 3/x⁴ − …), whose terms fall below 1e-17 for x < −30.
        let r = 1 / (x * x)
        let series = 1 - r * (1 - r * (3 - r * (15 - r * (105 - r * 945))))
        return -0.5 * x * x - logSquareRootTwoPi - Double.log(-x) + Double.log(series)
    }

    /// The value below which a share p of the distribution lies.
    ///
    /// - Parameter p: A probability strictly between 0 and 1.
    /// - Returns: Φ⁻¹(p), or `nil` when p is not strictly between 0 and 1.
    ///
    /// ## Source
    ///
    /// Start: Hastings, C. (1955). *Approximations for Digital Computers*, sheet 68; refined by
    /// Halley's iteration on Φ to the last bits.
    public static func quantile(_ p: Double) -> Double? {
        p > 0 && p < 1 ? uncheckedQuantile(p) : nil
    }

    /// The quantile for 0 < p < 1.
    static func uncheckedQuantile(_ p: Double) -> Double {
        p <= 0.5 ? lowerQuantile(p) : -lowerQuantile(1 - p)
    }

    /// The two-sided critical value z with P(|Z| ≤ z) = level.
    static func critical(level: Double) -> Double {
        -lowerQuantile(0.5 * (1 - level))
    }

    /// The quantile for 0 < p ≤ ½.
    static func lowerQuantile(_ p: Double) -> Double {
        if p == 0.5 { return 0 }
        let t = Double.sqrt(-2 * Double.log(p))
        var x =
            (2.515517 + t * (0.802853 + t * 0.010328))
            / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308))) - t
        for _ in 0..<4 {
            let density = density(x)
            guard density > 0 else { break }
            let step = (cumulative(x) - p) / density
            x -= step / (1 + 0.5 * x * step)
        }
        return x
    }
}
