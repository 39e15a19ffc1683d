import RealModule

// Binned calibration errors. The plug-in forms are biased upwards for a calibrated model, the more so
// the fewer the rows: do not compare them at different n without the debiased form.
extension CalibrationBins {
    /// The expected calibration error (ECE): the mean gap of score and outcome over bins.
    ///
    ///     ECE = Σ_b (n_b/n) |p̄_b − ȳ_b|            0 ≤ ECE ≤ 1, lower is better
    ///
    /// Name the binning where the number is shown: it decides the value.
    ///
    /// - Returns: The error, or `nil` without rows.
    ///
    /// ## Source
    ///
    /// Naeini, M. P., Cooper, G. F. and Hauskrecht, M. (2015). Obtaining well calibrated probabilities
    /// using Bayesian binning. *AAAI*, 2901–2907.
    /// Checked against `fixtures/statistics/04_calibration` in three conventions of edges.
    public func expectedCalibrationError() -> Double? { weightedGap { $0 } }

    /// The maximum calibration error (MCE): the largest gap of a bin with rows.
    ///
    /// - Returns: The error from 0 to 1, or `nil` without rows.
    public func maximumCalibrationError() -> Double? { gaps().map(\.gap).max() }

    /// The average calibration error (ACE): the mean gap over bins with rows, bins weighted equally.
    ///
    /// - Returns: The error from 0 to 1, or `nil` without rows.
    public func averageCalibrationError() -> Double? {
        let gaps = gaps()
        guard !gaps.isEmpty else { return nil }
        var sum = 0.0
        for bin in gaps { sum += bin.gap }
        return sum / Double(gaps.count)
    }

    /// The root mean square calibration error, √Σ_b (n_b/n)(p̄_b − ȳ_b)².
    ///
    /// - Returns: The error from 0 to 1, or `nil` without rows.
    public func rootMeanSquareCalibrationError() -> Double? {
        weightedGap { $0 * $0 }.map { Double.sqrt($0) }
    }

    /// The squared calibration error with the noise of the bins taken off; may be negative.
    ///
    ///     Ê² = Σ_b (n_b/n) [(p̄_b − ȳ_b)² − ȳ_b(1 − ȳ_b)/(n_b − 1)],  bins with n_b < 2 count 0
    ///
    /// - Returns: The signed square, or `nil` without rows; its expectation for a calibrated model
    ///   is 0.
    ///
    /// ## Source
    ///
    /// Bröcker, J. (2012). Estimating reliability and resolution of probability forecasts through
    /// decomposition of the empirical score. *Climate Dynamics*, 39, 655–667; Kumar, A., Liang, P. S.
    /// and Ma, T. (2019). Verified uncertainty calibration. *NeurIPS 32*.
    public func debiasedSquaredError() -> Double? {
        let gaps = gaps()
        guard !gaps.isEmpty else { return nil }
        var (sum, rows) = (0.0, 0.0)
        for bin in gaps {
            rows += bin.count
            guard bin.count >= 2 else { continue }
            let noise = bin.rate * (1 - bin.rate) / (bin.count - 1)
            sum += bin.count * (bin.gap * bin.gap - noise)
        }
        return sum / rows
    }

    /// The debiased root mean square calibration error, √max(Ê², 0).
    ///
    /// - Returns: The error from 0 to 1, or `nil` without rows.
    public func debiasedCalibrationError() -> Double? {
        debiasedSquaredError().map { Double.sqrt(max(0, $0)) }
    }

    private func gaps() -> [(count: Double, gap: Double, rate: Double)] {
        counts.indices.compactMap { bin in
            let n = counts[bin]
            guard n > 0 else { return nil }
            return (n, abs(scoreSums[bin] - positives[bin]) / n, positives[bin] / n)
        }
    }

    private func weightedGap(_ power: (Double) -> Double) -> Double? {
        var (sum, rows) = (0.0, 0.0)
        for bin in gaps() {
            sum += bin.count * power(bin.gap)
            rows += bin.count
        }
        return rows > 0 ? sum / rows : nil
    }
}
