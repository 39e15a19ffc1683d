import Statistics

/// The scores of both models on the same labelled requests, for tests that need rows.
package struct PairedRows: Sendable {
    private var champion: [Double] = []
    private var shadow: [Double] = []
    private var outcomes: [Bool] = []

    package init() {}

    package mutating func add(champion: Double, shadow: Double, isPositive: Bool) {
        self.champion.append(champion)
        self.shadow.append(shadow)
        outcomes.append(isPositive)
    }

    /// The areas under both ROC curves; `nil` where one class is missing.
    ///
    /// From the rows in an order of their own, so that they are the same, bit for bit, in whatever order they were
    /// read.
    var areas: PairedAreas? {
        let order = outcomes.indices.sorted { left, right in
            let one = (champion[left], shadow[left], outcomes[left] ? 1 : 0)
            return one < (champion[right], shadow[right], outcomes[right] ? 1 : 0)
        }
        return
            (try? pairedDeLong(
                championScores: order.map { champion[$0] },
                shadowScores: order.map { shadow[$0] },
                outcomes: order.map { outcomes[$0] }
            )) ?? nil
    }
}
