/// Roots of monotone functions by safeguarded iterations.
enum RootFinding {
    /// The root of an increasing function, by Newton steps that never leave a shrinking bracket.
    ///
    /// - Parameters:
    ///   - start: Where to begin, inside the bracket.
    ///   - low: A point at which the function is not positive.
    ///   - high: A point at which the function is not negative.
    ///   - evaluate: The function with its derivative; a derivative of 0 asks for bisection.
    /// - Returns: The root.
    static func newton(
        from start: Double,
        low: Double,
        high: Double,
        _ evaluate: (Double) -> (value: Double, derivative: Double)
    ) -> Double {
        var (low, high, x) = (low, high, start)
        for _ in 0..<200 {
            let (value, derivative) = evaluate(x)
            if value == 0 { return x }
            if value < 0 { low = x } else { high = x }
            var next = derivative > 0 ? x - value / derivative : .nan
            if !(next > low && next < high) { next = 0.5 * (low + high) }
            if abs(next - x) <= 2e-16 * abs(next) || next == low || next == high { return next }
            x = next
        }
        return x
    }

    /// The root of an increasing function by bisection, to the last bit that the bracket can tell.
    static func bisect(low: Double, high: Double, _ function: (Double) -> Double) -> Double {
        var (low, high) = (low, high)
        while true {
            let middle = low + 0.5 * (high - low)
            if !(middle > low && middle < high) { return middle }
            if function(middle) < 0 { low = middle } else { high = middle }
        }
    }

    /// The root of a function of opposite signs at two points, by the Illinois method.
    ///
    /// - Parameters:
    ///   - low: A point at which the function is not positive.
    ///   - high: A point at which the function is not negative.
    ///   - tolerance: The width of the bracket, relative to the root, at which to stop.
    ///   - function: The function.
    /// - Returns: The root.
    static func bracketed(
        low: Double,
        high: Double,
        tolerance: Double = 4e-15,
        _ function: (Double) -> Double
    ) -> Double {
        var (a, fa) = (low, function(low))
        var (b, fb) = (high, function(high))
        if fa == 0 { return a }
        if fb == 0 { return b }
        var side = 0
        for step in 0..<300 {
            if abs(b - a) <= tolerance * max(abs(a), abs(b)) { break }
            // Every third step halves, so that a bad shape of the function cannot stall it.
            var x = step % 3 == 2 ? 0.5 * (a + b) : (a * fb - b * fa) / (fb - fa)
            if !(x > a && x < b) { x = 0.5 * (a + b) }
            if !(x > a && x < b) { break }
            let fx = function(x)
            if fx == 0 { return x }
            if fx < 0 {
                (a, fa) = (x, fx)
                if side == -1 { fb *= 0.5 }
                side = -1
            } else {
                (b, fb) = (x, fx)
                if side == 1 { fa *= 0.5 }
                side = 1
            }
        }
        return 0.5 * (a + b)
    }
}
