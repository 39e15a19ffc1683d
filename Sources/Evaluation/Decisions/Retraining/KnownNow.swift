/// What is known by now beside the evidence of a recommendation: corrections and late labels included.
package struct KnownNow: Sendable {
    /// The watch over the days of the full age as they are known now.
    let watch: RetrainingMonitor
    /// What is out of order with the shadows' traffic.
    let shadowProblems: [String]
}

extension RecommendationFacts {
    /// What is known by now, and what the watch would make of it.
    ///
    /// - Parameters:
    ///   - cells: The model's, as they are now.
    ///   - seen: The last time bucket in which each shadow predicted; `nil` where shadows are not compared.
    ///   - watch: Over the ledger.
    /// - Returns: What it says by the present.
    package func knownNow(
        _ cells: [CellKey: ModelCell],
        seen: [Name: Int32]?,
        beside watch: RetrainingMonitor.Inputs
    ) -> KnownNow {
        var again = watch
        again.judgesCorrecting = false
        // Cells are not read slice by slice.
        again.slices = [:]
        // What is said of the present is about the full age alone.
        again.days = watch.days.suffix(1).map { age, days in
            (age, Self.completed(restated(cells), by: days))
        }
        var monitor = RetrainingMonitor(again)
        monitor.advance(to: view.present)
        return KnownNow(
            watch: monitor,
            shadowProblems: seen.map { silentShadows(cells, seen: $0) } ?? []
        )
    }

    /// Cells know neither entities nor groups of labels, so those of the ledger stand in: they only tell how rows scatter,
    /// and what a constant forecast would lose.
    private static func completed(
        _ days: [EvidenceDay],
        by ledger: [EvidenceDay]
    ) -> [EvidenceDay] {
        var cells: [Instant: CohortCell] = [:]
        for day in ledger { cells[day.start] = day.cell }
        return days.map { day in
            var day = day
            if let known = cells[day.start] {
                day.cell.entities = known.entities
                day.cell.labels = known.labels
            }
            return day
        }
    }
}
