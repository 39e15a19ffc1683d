/// Areas under ROC curves of K classes.
public struct MulticlassArea: Sendable, Hashable {
    /// The area of each class against the rest; `nil` for a class that no row or every row has.
    public let perClass: [Double?]
    /// The mean of the defined areas; `nil` when none is.
    public let macro: Double?
    /// The mean of the defined areas weighted by true rows; `nil` when none is.
    public let weighted: Double?
    /// The area of all n·K decisions "row has class" pooled.
    public let micro: Double?

    /// The classes whose area is undefined and that the means leave out.
    public var undefinedClasses: [Int] { perClass.indices.filter { perClass[$0] == nil } }
}

/// The areas under the one-versus-rest ROC curves.
///
/// - Parameter forecasts: n ≥ 1 forecasts.
/// - Returns: The areas; classes without rows are left out of the means and named.
///
/// ## Source
///
/// Checked against scikit-learn 1.9.1 `roc_auc_score(multi_class="ovr")`, which refuses an absent
/// class: `fixtures/statistics/02_multiclass`.
public func oneVersusRestAreas(_ forecasts: MulticlassForecasts) -> MulticlassArea {
    var areas: [Double?] = []
    var (sum, weighted, defined, rows) = (0.0, 0.0, 0.0, 0.0)
    for label in 0..<forecasts.classCount {
        let binary = forecasts.oneVersusRest(label)
        let area = areaUnderCurve(binary)
        areas.append(area)
        if let area {
            let support = Double(binary.positiveCount)
            sum += area
            defined += 1
            weighted += support * area
            rows += support
        }
    }
    let pooled = BinaryForecasts(
        unchecked: forecasts.probabilities,
        outcomes: forecasts.outcomes.flatMap { outcome in
            (0..<forecasts.classCount).map { $0 == outcome }
        }
    )
    return MulticlassArea(
        perClass: areas,
        macro: defined > 0 ? sum / defined : nil,
        weighted: rows > 0 ? weighted / rows : nil,
        micro: areaUnderCurve(pooled)
    )
}

/// The mean area over pairs of classes (one versus one).
///
///     A(a, b) = ½(AUC of score a, a against b + AUC of score b, b against a)
///
/// - Parameter forecasts: n ≥ 1 forecasts.
/// - Returns: The plain mean over the pairs that both have rows, and the mean weighted by the rows of
///   each pair; `nil` with fewer than two classes present.
///
/// ## Source
///
/// Hand, D. J. and Till, R. J. (2001). A simple generalisation of the area under the ROC curve for
/// multiple class classification problems. *Machine Learning*, 45, 171–186.
/// Checked against scikit-learn 1.9.1 `roc_auc_score(multi_class="ovo")`.
public func oneVersusOneArea(
    _ forecasts: MulticlassForecasts
) -> (macro: Double, weighted: Double)? {
    var (sum, pairs, weighted, rows) = (0.0, 0.0, 0.0, 0.0)
    for a in 0..<forecasts.classCount {
        for b in (a + 1)..<max(forecasts.classCount, a + 1) {
            let members = forecasts.outcomes.indices.filter {
                forecasts.outcomes[$0] == a || forecasts.outcomes[$0] == b
            }
            func area(_ label: Int) -> Double? {
                areaUnderCurve(
                    BinaryForecasts(
                        unchecked: members.map { forecasts[$0, label] },
                        outcomes: members.map { forecasts.outcomes[$0] == label }
                    )
                )
            }
            guard let first = area(a), let second = area(b) else { continue }
            let pair = 0.5 * (first + second)
            sum += pair
            pairs += 1
            weighted += Double(members.count) * pair
            rows += Double(members.count)
        }
    }
    return pairs > 0 ? (sum / pairs, weighted / rows) : nil
}
