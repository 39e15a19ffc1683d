import RealModule

/// A calibration error whose number of bins the data choose.
public struct CalibrationSweep: Sendable, Hashable {
    /// The bins used.
    public let binCount: Int
    /// The mean gap, as in the expected calibration error; from 0 to 1, lower is better.
    public let expectedError: Double
    /// The root mean square gap; from 0 to 1, lower is better.
    public let rootMeanSquareError: Double
}

/// The monotonic sweep calibration error (ECE-sweep): as many equal-count bins as stay monotone.
///
/// Tries b = 2, 3, … bins of equal count and keeps the last b before the shares of positives first
/// fall from one bin to the next; one bin if b = 2 fails already.
///
/// - Parameter forecasts: n ≥ 1 forecasts; equal scores are split by the order of rows.
/// - Returns: The errors with the number of bins.
/// - Complexity: O(n log n + b²).
///
/// ## Source
///
/// Roelofs, R., Cain, N., Shlens, J. and Mozer, M. C. (2022). Mitigating bias in calibration error
/// estimation. *AISTATS*, 4036–4054.
/// Checked against a re-implementation of caltrain: `fixtures/statistics/04_calibration`.
public func calibrationSweep(_ forecasts: BinaryForecasts) -> CalibrationSweep {
    let ranked = RankedForecasts(forecasts)
    var best = 1
    var candidate = 2
    while candidate < ranked.count, ranked.isMonotone(candidate) {
        best = candidate
        candidate += 1
    }
    let bins = ranked.bins(best)
    return CalibrationSweep(
        binCount: best,
        expectedError: bins.expectedCalibrationError() ?? 0,
        rootMeanSquareError: bins.rootMeanSquareCalibrationError() ?? 0
    )
}
