/// A recommendation that was given, and what happened after.
package struct PastRecommendation: Sendable, Equatable {
    package var record: RecommendationRecord
    package var after: RecommendationAftermath

    package init(
        record: RecommendationRecord,
        after: RecommendationAftermath
    ) {
        self.record = record
        self.after = after
    }
}

/// What became of a model after a recommendation about it.
package struct RecommendationAftermath: Sendable, Equatable {
    /// The mean loss over the days that matured in the `RecentDays.count` days after, and how many rows it is of.
    package var risk: Double?
    package var rows: Int
    /// The first change of champion after it.
    package var champion: RoleChange?
    /// The first acknowledgement of an alarm after it.
    package var acknowledgedAt: Instant?

    package init(
        risk: Double? = nil,
        rows: Int,
        champion: RoleChange? = nil,
        acknowledgedAt: Instant? = nil
    ) {
        self.risk = risk
        self.rows = rows
        self.champion = champion
        self.acknowledgedAt = acknowledgedAt
    }
}
