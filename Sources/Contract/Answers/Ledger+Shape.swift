package import Evaluation

extension LedgerSummary: Shaped {
    package static let shape = Shape<LedgerSummary>.object(
        "What of the evidence is history, what of it is being loaded, and what came after it was used.",
        [
            .member(
                "live_since",
                .orNull(.instant),
                "When the first rows came that are known from their coming on; null while all rows are history."
            ) { $0.liveSince },
            .member(
                "history_cohorts",
                .count,
                "Time buckets with labels that began before then."
            ) { $0.historyCohorts },
            .member("live_cohorts", .count, "Time buckets with labels since then.") {
                $0.liveCohorts
            },
            .member(
                "loading_until",
                .orNull(.instant),
                "Until when there is no verdict, for history is being loaded; null where none is."
            ) { $0.loadingUntil },
            .member(
                "late_rows",
                .count,
                "Rows that were known in time and came after an answer had used their cohorts: the evidence stays without "
                    + "them until the ledger is restated."
            ) { Int($0.lateRows) },
            .member(
                "late_share",
                .orNull(.share),
                "As a share of the labelled requests; null without late rows."
            ) { $0.lateShare },
            .member(
                "restatements",
                .count,
                "How often the ledger was restated; each halves the probability of an error."
            ) { $0.restatements.count },
        ]
    ).named("ledger")
}

extension LedgerRestatement: Shaped {
    package static let shape = Shape<LedgerRestatement>.object(
        "A ledger that has begun anew.",
        [
            .member("task", .task) { $0.task },
            .member("restated_at", .instant, "From when on.") { $0.restatedAt },
            .member("late_rows", .count, "The rows that evidence knows from then on.") {
                Int($0.lateRows)
            },
            .member("restatements", .count, "How many there were, this one among them.") {
                $0.restatements
            },
            .member("author", .text, "Who said so.") { $0.author },
            .member("note", .text, "Why.") { $0.note },
        ]
    )
}
