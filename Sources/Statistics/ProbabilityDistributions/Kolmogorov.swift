import RealModule

/// The distribution of the two-sided Kolmogorov–Smirnov distance D of n independent uniform values.
public struct Kolmogorov: Sendable, Hashable {
    /// n ≥ 1.
    public let sampleSize: Int

    /// Makes the distribution.
    ///
    /// - Parameter sampleSize: n ≥ 1.
    public init(sampleSize: Int) {
        precondition(sampleSize >= 1, "There is one value or more.")
        self.sampleSize = sampleSize
    }

    /// The p-value P(D ≥ d).
    ///
    /// - Parameter distance: d, from 0 to 1.
    /// - Returns: The probability: exact to about 1e-10 relative up to n = 2000 and in the tail, and
    ///   from the limit law with Vrbik's correction for larger n.
    ///
    /// ## Source
    ///
    /// Marsaglia, G., Tsang, W. W. and Wang, J. (2003). Evaluating Kolmogorov's distribution. *Journal
    /// of Statistical Software*, 8(18); tail: Birnbaum, Z. W. and Tingey, F. H. (1951). *Annals of
    /// Mathematical Statistics*, 22(4), 592–596; large n: Vrbik, J. (2018). *Pioneer Journal of
    /// Theoretical and Applied Statistics*, 15, 15–22. Checked against SciPy 1.17.1 `kstwo`.
    public func survival(_ distance: Double) -> Double {
        let n = Double(sampleSize)
        if distance <= 0.5 / n { return 1 }
        if distance >= 1 { return 0 }
        let square = n * distance * distance
        if square > 1e5 { return 0 }
        if square >= 4.5 || distance >= 0.5 {
            // Both sides crossing at once is e^(−6nd²) of either alone: below 2e-12 here.
            return min(1, 2 * oneSided(distance))
        }
        if sampleSize <= 2000 { return max(0, 1 - matrixCumulative(distance)) }
        let root = Double.sqrt(n)
        let x = root * distance + 1 / (6 * root) + (root * distance - 1) / (4 * n)
        return Self.limitSurvival(x)
    }

    /// P(D⁺ ≥ d) = d Σ_j C(n, j)(d + j/n)^(j−1) (1 − d − j/n)^(n−j), every term positive.
    private func oneSided(_ d: Double) -> Double {
        let n = Double(sampleSize)
        var sum = 0.0
        for index in 0...Int(n * (1 - d)) {
            let j = Double(index)
            let rest = 1 - d - j / n
            guard rest > 0 else { continue }
            let log =
                Double.logGamma(n + 1) - Double.logGamma(j + 1) - Double.logGamma(n - j + 1)
                + (j - 1) * Double.log(d + j / n) + (n - j) * Double.log(rest)
            sum += Double.exp(log)
        }
        return d * sum
    }

    /// P(D < d) by the power of a matrix of size 2⌈nd⌉ − 1, scaled against overflow.
    private func matrixCumulative(_ d: Double) -> Double {
        let n = Double(sampleSize)
        let k = Int(n * d) + 1
        let m = 2 * k - 1
        let h = Double(k) - n * d
        var matrix = [Double](repeating: 0, count: m * m)
        for i in 0..<m {
            for j in 0..<m where i - j + 1 >= 0 { matrix[i * m + j] = 1 }
        }
        for i in 0..<m {
            matrix[i * m] -= Double.pow(h, i + 1)
            matrix[(m - 1) * m + i] -= Double.pow(h, m - i)
        }
        matrix[(m - 1) * m] += 2 * h - 1 > 0 ? Double.pow(2 * h - 1, m) : 0
        for i in 0..<m {
            for j in 0..<m where i - j + 1 > 0 {
                for g in 1...(i - j + 1) { matrix[i * m + j] /= Double(g) }
            }
        }
        var power = ScaledMatrix.identity(m)
        var base = ScaledMatrix(values: matrix, size: m, exponent: 0)
        var remaining = sampleSize
        while remaining > 0 {
            if remaining & 1 == 1 { power = power.multiplied(by: base) }
            remaining >>= 1
            if remaining > 0 { base = base.multiplied(by: base) }
        }
        let centre = power.values[(k - 1) * m + k - 1]
        guard centre > 0 else { return 0 }
        let log =
            Double.log(centre) + power.exponent * Double.log(10) + Double.logGamma(n + 1)
            - n * Double.log(n)
        return min(1, Double.exp(log))
    }

    /// 2 Σ_{k≥1} (−1)^(k−1) e^(−2k²x²), or its transform for small x.
    private static func limitSurvival(_ x: Double) -> Double {
        if x <= 0 { return 1 }
        if x < 1 {
            var sum = 0.0
            for k in 1...20 {
                let odd = Double(2 * k - 1) * .pi / x
                sum += Double.exp(-odd * odd / 8)
            }
            return max(0, 1 - Double.sqrt(2 * .pi) / x * sum)
        }
        var (sum, sign) = (0.0, 1.0)
        for k in 1...20 {
            sum += sign * Double.exp(-2 * Double(k * k) * x * x)
            sign = -sign
        }
        return min(1, max(0, 2 * sum))
    }
}

/// A square matrix times a power of ten.
private struct ScaledMatrix {
    var values: [Double]
    let size: Int
    var exponent: Double

    static func identity(_ size: Int) -> ScaledMatrix {
        var values = [Double](repeating: 0, count: size * size)
        for i in 0..<size { values[i * size + i] = 1 }
        return ScaledMatrix(values: values, size: size, exponent: 0)
    }

    func multiplied(by other: ScaledMatrix) -> ScaledMatrix {
        var product = [Double](repeating: 0, count: size * size)
        for i in 0..<size {
            for k in 0..<size {
                let factor = values[i * size + k]
                if factor == 0 { continue }
                for j in 0..<size { product[i * size + j] += factor * other.values[k * size + j] }
            }
        }
        var exponent = exponent + other.exponent
        if product[(size / 2) * size + size / 2] > 1e140 {
            for index in product.indices { product[index] *= 1e-140 }
            exponent += 140
        }
        return ScaledMatrix(values: product, size: size, exponent: exponent)
    }
}
