import RealModule

/// Parts of gamma-like functions that stay accurate for large arguments.
enum Stirling {
    static let halfLogTwoPi = 0.918938533204672741780329736405617639861

    /// The error of Stirling's formula, ln Γ(z + 1) − (z + ½) ln z + z − ½ ln 2π, for z > 0.
    ///
    /// Small arguments are moved up by δ(z) = δ(z + 1) + (z + ½) ln(1 + 1/z) − 1, so that no large
    /// numbers are subtracted.
    static func error(_ z: Double) -> Double {
        var z = z
        var shift = 0.0
        while z < 16 {
            shift += (z + 0.5) * Double.log(onePlus: 1 / z) - 1
            z += 1
        }
        let r = 1 / (z * z)
        let series =
            (1.0 / 12
                - r
                * (1.0 / 360 - r
                    * (1.0 / 1260 - r * (1.0 / 1680 - r * (1.0 / 1188 - r * 691 / 360360)))))
            / z
        return series + shift
    }

    /// The deviance term a ln(a/m) + m − a, without cancellation for a near m.
    static func deviance(_ a: Double, _ m: Double) -> Double {
        if a == 0 { return m }
        let d = a - m
        if abs(d) < 0.1 * (a + m) {
            // With v = (a−m)/(a+m): a ln(a/m) = 2a artanh(v), expanded in odd powers of v.
            let v = d / (a + m)
            var sum = d * v
            var term = 2 * a * v
            let square = v * v
            for k in 1..<1000 {
                term *= square
                let next = sum + term / Double(2 * k + 1)
                if next == sum { break }
                sum = next
            }
            return sum
        }
        return a * Double.log(a / m) + m - a
    }

    /// The logarithm of the Poisson-like density m^a e^−m / Γ(a + 1), for a > 0 and m > 0.
    static func logPoisson(_ a: Double, mean m: Double) -> Double {
        -error(a) - deviance(a, m) - halfLogTwoPi - 0.5 * Double.log(a)
    }

    /// The logarithm of x^a (1−x)^b / B(a, b), given x and y = 1 − x both accurately.
    static func logBetaKernel(_ a: Double, _ b: Double, x: Double, y: Double) -> Double {
        let n = a + b
        return error(n) - error(a) - error(b) - deviance(a, n * x) - deviance(b, n * y)
            - halfLogTwoPi + 0.5 * (Double.log(a) + Double.log(b) - Double.log(n))
    }

    /// The increment ψ(x + a) − ψ(x) of the digamma function, for x > 0 and a ≥ 0.
    static func digammaIncrement(_ x: Double, _ a: Double) -> Double {
        var x = x
        var sum = 0.0
        while x < 16 {
            sum += a / (x * (x + a))
            x += 1
        }
        let y = x + a
        func tail(_ z: Double) -> Double {
            let r = 1 / (z * z)
            return 0.5 / z
                + r * (1.0 / 12 - r * (1.0 / 120 - r * (1.0 / 252 - r * (1.0 / 240 - r / 132))))
        }
        return sum + Double.log(onePlus: a / x) + (tail(x) - tail(y))
    }
}
