/// The evidence of an answer: which of it is history, what of it is being loaded, and what came after it was used.
package struct LedgerSummary: Sendable, Equatable {
    /// When the ledger was restated, the first first.
    package let restatements: [Instant]
    /// Since when rows have come that are known from their coming on; `nil` while all of them are history.
    package private(set) var liveSince: Instant?
    /// Until when history counts as being loaded; `nil` where none is.
    package let loadingUntil: Instant?
    /// Rows that were in time for evidence which an answer had used before they came.
    package let lateRows: Int64
    /// The time buckets with labels, in event order.
    private var cohorts: [Cohort] = []

    private struct Cohort: Sendable, Equatable {
        var start: Instant
        var knownAt: Instant
        /// Requests; models score the same ones.
        var labelled: Int
    }

    /// The share of late rows above which what was used is not what there is.
    private static let unsettlingShare = 0.05

    /// - Parameters:
    ///   - standing: Of the ledger.
    ///   - cohorts: The evidence, in event order; those of the full age count.
    ///   - age: The full age.
    package init(_ standing: LedgerStanding, cohorts: [FrozenCohort], age: Int64) {
        restatements = standing.restatements
        liveSince = standing.liveSince
        loadingUntil = standing.loadingUntil
        lateRows = standing.lateRows
        self.cohorts = cohorts.filter { $0.age == age }.map { cohort in
            Cohort(
                start: cohort.bucketStart,
                knownAt: cohort.frozenAsOf,
                labelled: cohort.cells.values.map(\.labelled).max() ?? 0
            )
        }.filter { $0.labelled > 0 }
    }

    /// Of no evidence.
    package static let none = LedgerSummary(LedgerStanding(), cohorts: [], age: 0)

    package var isLoading: Bool { loadingUntil != nil }

    /// The summary as it was when no more than this was known.
    func known(by instant: Instant) -> LedgerSummary {
        var then = self
        then.cohorts.removeAll { $0.knownAt > instant }
        then.liveSince = liveSince.flatMap { $0 <= instant ? $0 : nil }
        return then
    }

    /// Time buckets with labels from before rows came that are known from their coming on.
    package var historyCohorts: Int { cohorts.count - liveCohorts }

    /// Time buckets with labels since then.
    package var liveCohorts: Int {
        guard let since = liveSince else { return 0 }
        return cohorts.count { $0.start >= since }
    }

    private var requests: Int { cohorts.reduce(0) { $0 + $1.labelled } }

    /// Late rows as a share of the labelled requests; `nil` without any.
    package var lateShare: Double? {
        guard lateRows > 0, requests > 0 else { return nil }
        return min(1, Double(lateRows) / Double(requests))
    }

    /// Whether late rows are so many that no verdict can rest on the rest.
    var isUnsettled: Bool { lateShare.map { $0 > Self.unsettlingShare } ?? false }

    // MARK: - In sentences

    /// Why there is no verdict while history is being loaded.
    var loading: String? {
        loadingUntil.map { until in
            "History is being loaded: rows have come for days that had matured before. No verdict rests on it until "
                + "\(until.iso8601), or a day after the last of it has come. Where such rows come every day, the label "
                + "horizon is too short for them."
        }
    }

    /// Says that late rows take the verdict away; `verdict` is what it would be with them.
    func unsettling(_ verdict: String) -> String {
        isUnsettled
            ? "Late rows are \(Text.percent(lateShare ?? 0)) of the evidence: too much for a verdict, until the ledger is "
                + "restated."
            : "With them the verdict would be \(verdict), so that there is none until the ledger is restated."
    }

    /// What weakens the evidence or colours it.
    var notes: [String] { late + restated + history }

    private var late: [String] {
        guard let share = lateShare else { return [] }
        return [
            "\(Text.count(Int(lateRows), "row was", "rows were")) known in time and came, or went, after an answer had used "
                + "their days: \(Text.percent(share)) of the evidence, which stays as it was until the ledger is restated."
        ]
    }

    private var restated: [String] {
        guard let last = restatements.last else { return [] }
        let count = restatements.count
        return [
            "The ledger was restated\(count > 1 ? " \(count) times, the last time" : ""), \(last.iso8601): the evidence for "
                + "a verdict must be \(1 << min(count, 62)) times as strong as at first."
        ]
    }

    private var history: [String] {
        guard let since = liveSince else {
            return historyCohorts > 0
                ? [
                    "All of the evidence is history, which says itself when it was known: nobody can vouch for what was "
                        + "loaded, and when."
                ] : []
        }
        guard historyCohorts > 0 else { return [] }
        return [
            "\(historyCohorts) of \(historyCohorts + liveCohorts) time buckets with labels are history from before "
                + "\(since.iso8601), when the first rows came live."
        ]
    }
}
