/// Why a metric has no value or no interval, or an interval of another kind than usual.
///
/// The only place where these causes have words; each is produced where its cause is found out.
package enum MetricReason: String, Sendable, CaseIterable {
    // MARK: No value

    case noLabels = "no labelled predictions"
    case noPairs = "no labelled pairs"
    case unknownPairs =
        "older rows were gone when the pairs of these two models were first asked for"
    case noPositives = "no label is positive"
    case noNegatives = "no label is negative"
    case noneReachThreshold = "no labelled prediction reaches the threshold"
    case allReachThreshold = "every labelled prediction reaches the threshold"
    case noPositivesAnywhere =
        "no label is positive, and no labelled prediction reaches the threshold"
    case zeroLabels = "every label is 0"
    case singleLabel = "it needs two labels or more"
    case equalLabels = "the labels do not differ"
    case equalScores = "the scores do not differ enough to fit a line"
    case separableClasses = "a threshold separates the classes, so the fit has no end"
    case damagedCells =
        "the stored cells hold fewer errors than labels; `gnomon verify` tells which"
    case notReported = "not reported"

    // MARK: No interval

    case notEstimated = "no interval is worked out for this metric"
    case labelsOfOneDay = "no interval: it needs labels on two days"
    case pairsOfOneDay = "no interval: it needs labelled pairs on two days"
    case equalDays =
        "no interval: the mean is the same on every day, which does not tell how it scatters"
    case singleOfClass = "no interval: it needs two labels of each class"
    case atLimit = "no interval: the value lies at the end of its range"

    // MARK: Another interval

    case rowsForDays =
        "the interval takes rows as independent: the mean is the same on every day, or at the end of its range"
}
