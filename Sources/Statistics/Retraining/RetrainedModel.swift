/// A model refitted on recent rows from the champion's scores and the features: what retraining would give, at the least.
///
///     two classes     l = logit p clipped to ±6        P(y = 1) = σ(l + x·β)
///     numbers         s the scale of the errors of f   (y − f)/s = x·β + e, e of the standard logistic distribution
///
///     β minimises −ln likelihood + (λ/2)Σⱼβⱼ²          λ = 5, on every coefficient
///
/// The champion is the offset, so that without evidence the fit is the champion, and x says how to depart from it: the
/// intercept, the champion's l (or f, standardised), and what the features' columns say. A feature with more than 8 distinct
/// numbers has a linear column, clipped to its 1 % to 99 % range and standardised, and indicators of 8 bins between quantiles;
/// any other has indicators of its 15 most frequent values. Ranges, bins and values are those of the training window, also for
/// the rows that are scored later. Without features it is a recalibration with intercept and slope.
///
/// Errors of a logistic distribution have a score that is bounded, ψ(e) = tanh(e/2), so that rare large errors, which the
/// absolute error is also patient with, do not drag the fit: it aims between the mean and the median, and with
/// s = median |y − f|/ln 3 has an efficiency of 95 % where errors are normal. Its likelihood is that of one success in two trials
/// at log odds (f − y)/s + x·β, and so one method fits both.
///
/// As a forecaster fitted on earlier rows only it may be held against the champion like any shadow (prequentially, Dawid). A
/// richer model may gain more.
///
/// ## What it depends on
///
/// The design depends on the rows and not on their order, nor on that of the features: to the bit. The coefficients are the
/// same bits for the same rows in the same order on the same machine; another order of the rows moves them by rounding.
///
/// ## Edge cases
///
/// - A number that is not finite, or of a magnitude above 1e60, is missing. What is missing or was never seen adds nothing:
///   it lies at the mean of a quantity, in no bin, at no level.
/// - Separated classes, equal columns and more columns than rows have a finite fit, which the penalty makes unique.
/// - A value that all rows of the window have is left out, as the intercept says it already.
/// - Champions that are surer than 0.25 % or 99.75 % are taken at these, where they are not told apart.
///
/// ## Source
///
/// Hoerl, A. E. and Kennard, R. W. (1970). Ridge regression: biased estimation for nonorthogonal problems. *Technometrics*,
/// 12(1), 55–67; le Cessie, S. and van Houwelingen, J. C. (1992). Ridge estimators in logistic regression. *Applied Statistics*,
/// 41(1), 191–201; Holland, P. W. and Welsch, R. E. (1977). Robust regression using iteratively reweighted least-squares.
/// *Communications in Statistics*, A6(9), 813–827, for the logistic errors; Dawid, A. P. (1984). Statistical theory: the
/// prequential approach. *Journal of the Royal Statistical Society A*, 147(2), 278–292. The design is our own. Checked against
/// `fixtures/statistics/14_retraining`.
public struct RetrainedModel: Sendable, Hashable {
    /// The rows below which nothing is fitted.
    public static let leastRows = 200
    /// λ.
    public static let penalty = 5.0

    let design: RetrainingDesign
    /// β, in the order of the columns of the design: the intercept, the champion, and the features by name.
    public let coefficients: [Double]

    init(design: RetrainingDesign, coefficients: [Double]) {
        self.design = design
        self.coefficients = coefficients
    }

    /// Fits a model to a training window.
    ///
    /// - Parameter window: Rows whose outcomes were known before any row that the model will score.
    /// - Returns: The model, or `nil` for fewer than ``leastRows`` rows and where there is nothing to learn: outcomes of one
    ///   class only, or a champion without errors.
    /// - Complexity: For n rows, each of which is not 0 in k of p columns, O(nk² + p³) time a step, of which there are seldom more
    ///   than ten, and O(nk + p²) memory. p is up to 9 for a quantity, and 15 for a category or the texts among the numbers.
    public static func fit(_ window: RetrainingRows) -> RetrainedModel? {
        guard window.count >= leastRows, let (champion, observations) = window.observations else {
            return nil
        }
        let design = RetrainingDesign(
            champion: champion,
            featureNames: window.features.map(\.name),
            features: window.features.map { FeatureDesign($0.values) }
        )
        let regression = PenalisedRegression(
            design: design.rows(window),
            observations: observations,
            penalty: penalty
        )
        return RetrainedModel(design: design, coefficients: regression.fit())
    }

    /// The names of the features that a row is scored with, sorted by their bytes.
    public var featureNames: [String] { design.featureNames }

    /// The score that the model gives a row.
    ///
    /// - Parameters:
    ///   - champion: The champion's score of the row: a probability, or a finite number.
    ///   - features: The values of ``featureNames``, in their order; `nil` where one is missing.
    /// - Returns: A probability, or a number.
    public func score(champion: Double, features: [FeatureValue?]) -> Double {
        precondition(features.count == featureNames.count, "Each feature has a value, or nil.")
        var distance = 0.0
        design.forEachEntry(champion: champion, feature: { features[$0] }) { column, value in
            distance += coefficients[column] * value
        }
        return design.champion.score(champion, movedBy: distance)
    }
}
