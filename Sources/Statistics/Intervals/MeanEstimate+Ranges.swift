import RealModule

// Intervals of means that cannot lie anywhere: few blocks with large errors must not lead out of the range.
extension MeanEstimate {
    /// The standard error, unless it is no more than what rounding leaves of blocks that are the same.
    private var scatter: Double? {
        guard let standardError, degreesOfFreedom > 0, standardError > 32 * mean.ulp else {
            return nil
        }
        return standardError
    }

    /// The interval of a mean of values from 0 to 1: Wilson's with the effective number of rows.
    ///
    ///     n_e = m(1 − m)/SE²     Wilson's interval of m with n_e rows and t_{D−1} for z
    ///
    /// - Parameter level: The confidence level, strictly between 0 and 1.
    /// - Returns: The interval, within [0, 1]; `nil` without a standard error above 0, and for a mean
    ///   that is not strictly between 0 and 1.
    ///
    /// ## Source
    ///
    /// Own use of Wilson, E. B. (1927). Coverage with 2 to 10 blocks: `IntervalSimulation`.
    public func shareInterval(level: Double = 0.95) -> Interval? {
        Checks.level(level)
        guard let standardError = scatter, mean > 0, mean < 1 else { return nil }
        let trials = (mean / standardError) * ((1 - mean) / standardError)
        guard trials > 0, trials.isFinite else { return nil }
        return wilsonInterval(
            share: mean,
            complement: 1 - mean,
            trials: trials,
            critical: StudentT(degreesOfFreedom: Double(degreesOfFreedom)).critical(level: level)
        )
    }

    /// The interval of a mean of values of 0 or more: m·exp(±t·SE/m).
    ///
    /// - Parameters:
    ///   - level: The confidence level, strictly between 0 and 1.
    ///   - power: The exponent of a power of the mean that is wanted instead, such as ½ for a root
    ///     mean square; the limits are those of the mean to that power.
    /// - Returns: The interval, above 0; `nil` without a standard error above 0 and for a mean of 0.
    public func positiveInterval(level: Double = 0.95, power: Double = 1) -> Interval? {
        Checks.level(level)
        guard let standardError = scatter, mean > 0 else { return nil }
        let t = StudentT(degreesOfFreedom: Double(degreesOfFreedom)).critical(level: level)
        let factor = Double.exp(power * t * standardError / mean)
        let value = Double.pow(mean, power)
        guard (value * factor).isFinite else { return nil }
        return Interval(low: value / factor, high: value * factor)
    }
}
