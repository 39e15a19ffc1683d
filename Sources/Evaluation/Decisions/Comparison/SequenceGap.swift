/// Why a comparison's confidence sequence has no interval, and so no verdict.
package enum SequenceGap: Sendable, Equatable {
    case tooFewDays(Int, of: Int, inRanks: Bool)
    /// The unit is the entity: the groups that have matured pairs, and what they are worth in groups of equal size.
    case tooFewEntities(groups: Int, worth: Double)
    /// A mean that never moves does not tell how far it could.
    case equalGains(days: Int)

    /// As a member of an answer has it.
    package var reason: String {
        switch self {
        case .tooFewDays(let days, let needed, _): "\(days) of \(needed) matured days"
        case .tooFewEntities: "the entities make too few groups"
        case .equalGains:
            "the mean gain is the same on every day, which does not tell how it scatters"
        }
    }

    /// As the first sentence of a comparison.
    package var sentence: String {
        switch self {
        case .tooFewDays(let days, let needed, let inRanks):
            "\(Text.count(days, "day has", "days have")) matured with labelled pairs"
                + "\(inRanks ? " of both classes" : ""); a verdict takes \(needed)."
        case .tooFewEntities(let groups, let worth):
            "Too few entities: their matured pairs fill \(groups) of \(EntityGroup.count) groups, worth "
                + "\(Text.number(worth)) of equal size; a verdict takes \(Int(EntityPath.leastGroups)). If these are all that there are, "
                + "such as sites, say so: --evidence-unit day."
        case .equalGains(let days):
            "The mean gain is the same on each of \(days) matured days, which does not tell how it scatters: "
                + "there is no verdict."
        }
    }
}
