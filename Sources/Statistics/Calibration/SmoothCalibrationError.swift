import RealModule

/// The smooth calibration error (smECE): a calibration error without bins.
///
///     smECE_σ = (1/n) ∫ |Σ rᵢ K_σ(t, pᵢ)| dt,  r = p − y     smECE = smECE_σ*, σ* = smECE_σ*
///
/// K is a Gaussian reflected at 0 and 1; the bandwidth σ* is where it equals the error itself.
/// From 0 to 1, lower is better.
///
/// ## Source
///
/// Błasiok, J. and Nakkiran, P. (2024). Smooth ECE: principled reliability diagrams via kernel
/// smoothing. *ICLR*. Grid, mesh and density floor follow relplot 1.0.3; checked against it:
/// `fixtures/statistics/04_calibration`.
public struct SmoothCalibrationError: Sendable, Hashable {
    /// The error.
    public let value: Double
    /// σ*, found by ten halvings of (0, 1].
    public let bandwidth: Double
}

/// The smooth calibration error of forecasts.
///
/// - Parameter forecasts: n ≥ 1 forecasts.
/// - Returns: The error with its bandwidth.
/// - Complexity: O(n + 10⁷).
public func smoothCalibrationError(_ forecasts: BinaryForecasts) -> SmoothCalibrationError {
    search { smoothCalibrationError(forecasts, bandwidth: $0) }
}

/// The smooth calibration error of forecasts at one bandwidth.
///
/// - Parameters:
///   - forecasts: n ≥ 1 forecasts.
///   - bandwidth: σ, from 0.001 to 1.
/// - Returns: The error.
public func smoothCalibrationError(_ forecasts: BinaryForecasts, bandwidth: Double) -> Double {
    let points = max(2000, Int((20 / bandwidth).rounded(.toNearestOrEven))) / 2 + 1
    return SmoothingGrid(forecasts, points: points).error(bandwidth: bandwidth)
}

/// The smooth calibration error from a linearly split histogram of scores.
///
/// With 1001 points it equals the error of the rows for every bandwidth of 0.01 or more, and a row's
/// smoothing differs from it by 1e-4 or so below.
///
/// - Parameters:
///   - counts: The rows split onto G ≥ 3 equally spaced points from 0 to 1.
///   - residuals: Σ(p − y) split likewise; as many points.
/// - Returns: The error with its bandwidth, or `nil` without rows.
/// - Throws: ``StatisticsError`` for too few points, unequal lengths and numbers out of range.
public func smoothCalibrationError(
    gridCounts counts: [Double],
    residuals: [Double]
) throws(StatisticsError) -> SmoothCalibrationError? {
    try Checks.sameCount("counts", counts.count, "residuals", residuals.count)
    guard counts.count >= 3 else {
        throw .outOfRange(
            name: "number of grid points",
            value: Double(counts.count),
            allowed: "3 or more"
        )
    }
    try Checks.nonnegative("counts", counts)
    try Checks.finite("residuals", residuals)
    guard counts.contains(where: { $0 > 0 }) else { return nil }
    let grid = SmoothingGrid(counts: counts, residuals: residuals)
    return search { grid.error(bandwidth: $0) }
}

/// The fixed point of error(σ) = σ by ten halvings; the upper end is returned.
private func search(_ error: (Double) -> Double) -> SmoothCalibrationError {
    var (upper, lower) = (1.0, 0.0)
    for _ in 0..<10 {
        let middle = 0.5 * (upper + lower)
        if middle < 0.001 || middle < error(middle) { lower = middle } else { upper = middle }
    }
    return SmoothCalibrationError(value: error(upper), bandwidth: upper)
}

/// Rows and residuals on equally spaced points of [0, 1].
private struct SmoothingGrid {
    let counts: [Double]
    let residuals: [Double]

    init(counts: [Double], residuals: [Double]) {
        self.counts = counts
        self.residuals = residuals
    }

    init(_ forecasts: BinaryForecasts, points: Int) {
        var counts = [Double](repeating: 0, count: points)
        var residuals = counts
        for (p, y) in zip(forecasts.probabilities, forecasts.outcomes) {
            let position = p * Double(points - 1)
            let point = min(Int(position), points - 2)
            let share = position - Double(point)
            let residual = y ? p - 1 : p
            counts[point] += 1 - share
            counts[point + 1] += share
            residuals[point] += (1 - share) * residual
            residuals[point + 1] += share * residual
        }
        self.init(counts: counts, residuals: residuals)
    }

    func error(bandwidth sigma: Double) -> Double {
        let last = counts.count - 1
        let smoothedResiduals = smooth(residuals, sigma)
        let smoothedCounts = smooth(counts, sigma)
        let mesh = max(200, Int((10 / sigma).rounded(.toNearestOrEven)))
        var (sum, weight) = (0.0, 0.0)
        for step in 0..<mesh {
            let position = Double(step) / Double(mesh - 1) * Double(last)
            let point = min(Int(position), last - 1)
            let share = position - Double(point)
            let residual =
                smoothedResiduals[point] * (1 - share) + smoothedResiduals[point + 1] * share
            let density = smoothedCounts[point] * (1 - share) + smoothedCounts[point + 1] * share
            // |num/den|·den = |num|: the floor of the density enters through the weight only.
            sum += abs(residual)
            weight += density + 1e-4
        }
        return min(1, sum / weight)
    }

    /// Convolution with the Gaussian, values mirrored at both ends without doubling them.
    private func smooth(_ values: [Double], _ sigma: Double) -> [Double] {
        let last = values.count - 1
        let step = 1 / Double(last)
        // The kernel spans half the grid on either side and is nothing beyond nine bandwidths.
        let reach = min(last / 2, Int((9 * sigma / step).rounded(.up)))
        let kernel = (0...reach).map { offset in
            let z = Double(offset) * step / sigma
            return Double.exp(-0.5 * z * z) / (Double.sqrt(2 * .pi) * sigma)
        }
        var mirrored = [Double](repeating: 0, count: last + 1 + 2 * reach)
        for index in mirrored.indices {
            var position = index - reach
            if position < 0 { position = -position }
            if position > last { position = 2 * last - position }
            mirrored[index] = values[position]
        }
        return (0...last).map { point in
            let centre = point + reach
            var sum = kernel[0] * mirrored[centre]
            if reach > 0 {
                for offset in 1...reach {
                    sum += kernel[offset] * (mirrored[centre - offset] + mirrored[centre + offset])
                }
            }
            return sum
        }
    }
}
