import Statistics

/// Every number that the library computes from binary forecasts, with what must hold for it.
struct BinaryMetric: Sendable {
    let name: String
    let range: ClosedRange<Double>
    /// Whether exchanging the classes and turning the scores around leaves it as it is.
    let isComplementary: Bool
    let value: @Sendable (BinaryForecasts) -> Double?

    static let unit = 0.0...1.0
    static let signed = -1.0...1.0
    static let any = -Double.greatestFiniteMagnitude...Double.greatestFiniteMagnitude
    static let nonnegative = 0.0...Double.greatestFiniteMagnitude

    static let all: [BinaryMetric] = confusion + ranking + calibration + losses

    private static func make(
        _ name: String,
        _ range: ClosedRange<Double>,
        complementary: Bool = true,
        _ value: @escaping @Sendable (BinaryForecasts) -> Double?
    ) -> BinaryMetric {
        BinaryMetric(
            name: name,
            range: range,
            isComplementary: complementary,
            value: value
        )
    }

    static let confusion: [BinaryMetric] = ConfusionMetric.allCases.flatMap { metric in
        [
            // `score >= threshold` has no mirror image: a score of exactly ½ stays positive.
            make(
                metric.rawValue,
                metric == .matthewsCorrelation || metric == .cohenKappa ? signed : unit,
                complementary: false
            ) { metric.value(in: ConfusionCounts($0, threshold: 0.5)) },
            make("\(metric.rawValue) low", signed, complementary: false) {
                metric.interval(in: ConfusionCounts($0, threshold: 0.5))?.low
            },
            make("\(metric.rawValue) high", signed, complementary: false) {
                metric.interval(in: ConfusionCounts($0, threshold: 0.5))?.high
            },
        ]
    }

    static let ranking: [BinaryMetric] = [
        make("AUC", unit) { areaUnderCurve($0) },
        make("AUC binned", unit) { areaUnderCurve(ScoreHistogram($0, binCount: 16))?.value },
        make("DeLong error", unit) { deLong($0)?.standardError },
        make("DeLong low", unit) { deLong($0)?.interval()?.low },
        make("DeLong high", unit) { deLong($0)?.interval()?.high },
        make("DeLong degenerate", unit) { deLong($0)?.degenerateInterval()?.low },
        make("AP", unit, complementary: false) { averagePrecision($0) },
        make("AP high", unit, complementary: false) { forecasts in
            averagePrecision(forecasts).flatMap {
                averagePrecisionInterval($0, positives: Double(forecasts.positiveCount))?.high
            }
        },
        make("separation", unit) { scoreSeparation($0) },
        make("partial area", unit, complementary: false) {
            ReceiverOperatingCharacteristic($0)?.partialArea(toFalsePositiveRate: 0.3)
        },
    ]

    static let losses: [BinaryMetric] = [
        make("Brier", unit) { brierScore($0) },
        make("Brier error", unit) { try? MeanEstimate(values: brierLosses($0)).standardError },
        make("log loss", 0...40) { logLoss($0).value },
        make("log loss clipped", 0...7) { logLoss($0, clip: 1e-3).value },
        make("mean score", unit, complementary: false) { meanScore($0) },
        make("base rate", unit, complementary: false) { baseRate($0) },
    ]

    static let calibration: [BinaryMetric] = [
        make("MCB", unit) { scoreDecomposition($0).miscalibration },
        make("DSC", unit) { scoreDecomposition($0).discrimination },
        make("UNC", 0...0.25) { scoreDecomposition($0).uncertainty },
        make("MCB log", 0...40) {
            scoreDecomposition($0, score: .logarithmic).miscalibration
        },
        make("DSC log", 0...1) { scoreDecomposition($0, score: .logarithmic).discrimination },
        make("ECE 15", unit, complementary: false) {
            CalibrationBins(equalWidth: $0, count: 15).expectedCalibrationError()
        },
        make("MCE 15", unit, complementary: false) {
            CalibrationBins(equalWidth: $0, count: 15).maximumCalibrationError()
        },
        make("ACE 15", unit, complementary: false) {
            CalibrationBins(equalWidth: $0, count: 15).averageCalibrationError()
        },
        make("ECE equal mass", unit, complementary: false) {
            CalibrationBins(equalMass: $0, count: 15).expectedCalibrationError()
        },
        make("debiased square", signed, complementary: false) {
            CalibrationBins(equalMass: $0, count: 15).debiasedSquaredError()
        },
        make("smooth error", unit) { smoothCalibrationError($0, bandwidth: 0.1) },
        make("slope", any) { calibrationFit($0)?.slope },
        make("slope error", nonnegative) { calibrationFit($0)?.slopeStandardError },
        make("fit p", unit) { calibrationFit($0)?.pValue },
        make("in the large", any, complementary: false) {
            calibrationInTheLarge($0)?.intercept
        },
        make("Spiegelhalter p", unit) { spiegelhalterTest($0)?.pValue },
        make("Hosmer-Lemeshow p", unit, complementary: false) {
            hosmerLemeshowTest(CalibrationBins(equalMass: $0, count: 10))?.pValue
        },
        make("Platt", unit, complementary: false) { RecalibrationMap.platt(fitting: $0)(0.3) },
        make("beta map", unit, complementary: false) { RecalibrationMap.beta(fitting: $0)(0.3) },
        make("isotonic map", unit, complementary: false) {
            RecalibrationMap.isotonic(fitting: $0)(0.3)
        },
    ]
}
