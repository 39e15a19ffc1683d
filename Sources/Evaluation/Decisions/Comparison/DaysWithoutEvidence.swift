/// The matured days that tell nothing of a gain, each counted under its own cause.
struct DaysWithoutEvidence: Equatable {
    /// Before the first request that both models scored.
    private(set) var beforeShadow = 0
    /// Later days without a request that both scored.
    private(set) var unpaired = 0
    /// Days whose pairs had no label by the horizon.
    private(set) var unlabelled = 0
    /// Days whose labels are of one class, where ranks are compared.
    private(set) var ofOneClass = 0

    /// `days` are in event order.
    init(_ days: [GainDay], metric: ComparisonMetric) {
        var isStarted = false
        for day in days {
            if day.sums.allPairs > 0 { isStarted = true }
            guard day.weight(metric) == 0 else { continue }
            if day.sums.allPairs == 0 {
                if isStarted { unpaired += 1 } else { beforeShadow += 1 }
            } else if day.sums.pairs == 0 {
                unlabelled += 1
            } else {
                ofOneClass += 1
            }
        }
    }

    /// What is worth knowing of them; that a shadow came later than the champion is no doubt.
    var sentences: [String] {
        var sentences: [String] = []
        if unlabelled > 0 {
            sentences.append(
                "\(Text.count(unlabelled, "matured day holds", "matured days hold")) pairs without a label that was "
                    + "known by the horizon. If the files are history, upload them as a backfill."
            )
        }
        if unpaired > 0 {
            sentences.append(
                "On \(Text.count(unpaired, "matured day", "matured days")) since the shadow began, no request was "
                    + "scored by both models."
            )
        }
        return sentences
    }
}
