import Evaluation

/// What a column is for.
enum ColumnRole: Hashable, Sendable {
    case predictionID
    /// One of several columns whose values together are the prediction id.
    case idPart(Int)
    case predictedAt
    case observedAt
    case knownAt
    case model
    case version
    /// The score, or that of one class.
    case score(Int)
    case label
    case source
    case slice(Int)
    case detail(Detail)

    /// What a row may say beyond its score.
    enum Detail: Hashable, Sendable {
        case decision
        case entity
        case latency
        case status
        case weight
        /// The level in the spelling of the column.
        case quantile(String)
        case feature(Name)
    }
}
