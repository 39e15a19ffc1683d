import Statistics

/// What is missing for a verdict on a model: a baseline, days after it, or labels.
enum RecommendationLack: Sendable, Equatable {
    case baselineDays(
        needed: Int,
        there: Int,
        since: Instant?,
        expected: Instant?,
        daysWithoutLabels: Int
    )
    case baselineBlocks(blocks: Int)
    case baselineEntities(worth: Double)
    case laterBlock(daysWithoutLabels: Int)
    case labels(days: Int)
    case coverage(share: Double, needed: Double, days: Int)
    case traffic(from: Instant, to: Instant)

    var sentence: String {
        switch self {
        case .baselineDays(let needed, let there, let since, let expected, let daysWithoutLabels):
            "The baseline takes \(needed) matured days with labels that make \(RiskTrack.leastBaseline) blocks of "
                + "\(EvidenceBlocks.leastRows) or more labelled predictions; there \(there == 1 ? "is" : "are") "
                + "\(there)\(since.map { " since \($0.iso8601)" } ?? "")."
                + (expected.map {
                    " If each day goes on to bring some, it may be whole on \($0.iso8601)."
                } ?? "")
                + Self.late(daysWithoutLabels)
        case .baselineBlocks(let blocks):
            Self.blocks(blocks)
        case .baselineEntities(let worth):
            "The baseline has too few entities: their groups are worth \(Text.number(worth)) of equal size; it takes "
                + "\(Int(EntityPath.leastGroups))."
        case .laterBlock(let daysWithoutLabels):
            "No block of \(EvidenceBlocks.leastRows) labelled predictions after the baseline has matured yet."
                + Self.late(daysWithoutLabels)
        case .labels(let days):
            "The last \(days) matured days have no labels at all: the labels have stopped."
        case .coverage(let share, let needed, let days):
            "Only \(Text.percent(share)) of the last \(days) matured days' predictions have labels; a verdict takes "
                + "\(Text.percent(needed)), the task's least coverage."
                + Self.outlook(share, needed, days)
        case .traffic(let from, let to):
            "The champion has made no prediction from \(from.iso8601) to \(to.iso8601); what it may have made since has "
                + "not matured."
        }
    }

    /// When enough labels can be there: at the earliest, if every day that matures from now on has all of its labels.
    private static func outlook(_ share: Double, _ needed: Double, _ days: Int) -> String {
        guard needed < 1 else { return "" }
        let more = Int((Double(days) * (needed - share) / (1 - share)).rounded(.up))
        return " If those that mature next have all of theirs, it may be there in "
            + "\(Text.count(max(1, more), "day", "days")). If those that have labels are a fair sample of all, the least coverage "
            + "may be set lower."
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
