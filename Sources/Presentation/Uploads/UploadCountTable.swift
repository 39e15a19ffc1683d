import Evaluation

/// What became of the rows of an upload, a count a line; counts of nothing are mostly left out.
struct UploadCountTable {
    var counts: UploadCounts
    var isLabels: Bool
    var isDryRun = false

    private struct Count {
        var name: String
        var value: Int64
        var meaning: String
        var isAlwaysShown = false
        var isWarning = false
    }

    private var lines: [Count] {
        [
            Count(
                name: "received",
                value: counts.received,
                meaning: "rows read",
                isAlwaysShown: true
            ),
            Count(
                name: "accepted",
                value: counts.accepted,
                meaning: isDryRun ? "could be kept" : "new, kept",
                isAlwaysShown: true
            ),
            Count(
                name: "duplicate",
                value: counts.duplicate,
                meaning: "the same again: changes nothing"
            ),
            Count(
                name: "conflict",
                value: counts.conflict,
                meaning:
                    "told otherwise: the earliest stands, then the first told",
                isWarning: true
            ),
            Count(
                name: "corrected",
                value: counts.corrected,
                meaning: "new revisions of labels that were there"
            ),
            Count(name: "withdrawn", value: counts.withdrawn, meaning: "labels taken back"),
            Count(
                name: "orphan",
                value: counts.orphan,
                meaning: "wait for their prediction",
                isWarning: true
            ),
            Count(
                name: "joined",
                value: counts.joined,
                meaning: isLabels
                    ? "met their prediction" : "met a label that was waiting",
                isAlwaysShown: isLabels
            ),
            Count(
                name: "early",
                value: counts.labelBeforePrediction,
                meaning: "labels observed before their prediction was made",
                isWarning: true
            ),
            Count(
                name: "after use",
                value: counts.afterUse,
                meaning: "known in time, for days that an answer had used: no evidence yet",
                isWarning: true
            ),
            Count(
                name: "rejected",
                value: counts.rejected,
                meaning: "not usable",
                isAlwaysShown: true,
                isWarning: true
            ),
        ]
    }

    var table: TextTable {
        var table = TextTable([.left(""), .right(""), .left("", limit: 70)])
        for count in lines where count.isAlwaysShown || count.value > 0 {
            let emphasis: TextStyle.Emphasis =
                count.isWarning && count.value > 0 ? .warning : .none
            table.add([
                TextTable.Cell(count.name), TextTable.Cell(NumberText.count(count.value), emphasis),
                TextTable.Cell(count.meaning, .faint),
            ])
        }
        return table
    }
}
