/// What cannot all be true.
extension PlainTruth {
    /// How many ids were told by then with several contents of one model, and how many with several labels of one
    /// source and time.
    func contradictions(asOf instant: Int64) -> (scores: Int, labels: Int) {
        var counts = (scores: 0, labels: 0)
        for id in ids(asOf: instant) {
            let known = predictions.filter { $0.id == id && $0.counts(asOf: instant) }
            if known.contains(where: { one in known.contains { contradict(one, $0) } }) {
                counts.scores += 1
            }
            let told = labels.filter { $0.id == id && $0.counts(asOf: instant) }
            if told.contains(where: { one in told.contains { contradict(one, $0) } }) {
                counts.labels += 1
            }
        }
        return counts
    }

    private func contradict(_ one: Prediction, _ other: Prediction) -> Bool {
        guard one.model == other.model else { return false }
        return one.version != other.version || one.predictedAt != other.predictedAt
            || one.score != other.score || one.country != other.country
    }

    private func contradict(_ one: Label, _ other: Label) -> Bool {
        one.source == other.source && one.observedAt == other.observedAt && one.value != other.value
    }
}
