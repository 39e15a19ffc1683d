import Statistics

/// What is missing for a verdict on a model: a baseline, days after it, or labels.
enum RecommendationLack: Sendable, Equatable {
    case baselineDays(needed: Int, there: Int, since: Instant?, daysWithoutLabels: Int)
    case baselineBlocks(blocks: Int)
    case baselineEntities(worth: Double)
    case laterBlock(daysWithoutLabels: Int)
    case labels(days: Int)

    var sentence: String {
        switch self {
        case .baselineDays(let needed, let there, let since, let daysWithoutLabels):
            "The baseline takes \(needed) matured days with labels that make \(RiskTrack.leastBaseline) blocks of "
                + "\(EvidenceBlocks.leastRows) or more labelled predictions; there \(there == 1 ? "is" : "are") "
                + "\(there)\(since.map { " since \($0.iso8601)" } ?? "")."
                + Self.late(daysWithoutLabels)
        case .baselineBlocks(let blocks):
            Self.blocks(blocks)
        case .baselineEntities(let worth):
            "The baseline has too few entities: their groups are worth \(Text.number(worth)) of equal size; it takes "
                + "\(Int(GainPath.leastGroups))."
        case .laterBlock(let daysWithoutLabels):
            "No block of \(EvidenceBlocks.leastRows) labelled predictions after the baseline has matured yet."
                + Self.late(daysWithoutLabels)
        case .labels(let days):
            "The last \(days) matured days have no labels at all: the labels have stopped."
        }
    }

    private static func blocks(_ there: Int) -> String {
        let (rows, ofClass) = (
            Int(ReferenceForecast.leastRows), Int(ReferenceForecast.leastOfClass)
        )
        return """
            The baseline takes \(RiskTrack.leastBaseline) blocks of \(EvidenceBlocks.leastRows) labelled predictions or \
            more, after the first \(rows) with \(ofClass) of each class; there \(there == 1 ? "is" : "are") \(there).
            """
    }

    private static func late(_ days: Int) -> String {
        guard days > 0 else { return "" }
        return
            " \(Text.count(days, "matured day holds", "matured days hold")) no label that was known by the "
            + "horizon; if the files are history, upload them as a backfill."
    }
}
