import Statistics

/// Decides what to do about a champion, from what had matured at an instant and from nothing else; pure.
///
/// 1. The watch (`RetrainingMonitor`) says whether the risk has left its bound.
/// 2. While a confirmed alarm stands: a better shadow is promoted; else recalibration is recommended where it would be
///    enough; else retraining. An alarm that is not confirmed says that the cases have changed, and not the model.
/// 3. Without an alarm a shadow is promoted where its gain is certain and large.
package struct RecommendationBuilder: Sendable {
    package struct Inputs: Sendable {
        package var monitor: RetrainingMonitor.Inputs
        package var model: Name
        /// The shadows with their matured days; what is known later is not looked at.
        package var shadows: [ComparisonBuilder] = []
        /// All shadows of the champion, shown or not.
        package var family = 0
        /// The model's days of the full age as they are known now, corrections and late labels included.
        package var restated: [EvidenceDay]?
        /// What is out of order with the shadows' traffic.
        package var shadowProblems: [String] = []
        /// The evidence that there is.
        package var ledger = LedgerSummary.none
        /// The verdict of a ledger that has all that came in time; `nil` where this one has.
        package var verdictWithLateRows: RecommendationVerdict?
        /// What the watch sees in the ledger as it was before each restatement, the first first.
        ///
        /// A restatement ends no alarm.
        package var beforeRestatements: [RetrainingMonitor.Inputs] = []

        package init(monitor: RetrainingMonitor.Inputs, model: Name) {
            self.monitor = monitor
            self.model = model
        }
    }

    /// Of the predictions of the recent days, the share whose labels tell how all of them do.
    static let enoughCoverage = 0.5

    package let inputs: Inputs
    private var monitor: RetrainingMonitor
    private var restated: RetrainingMonitor?
    private var beforeRestatements: [RetrainingMonitor]
    private let shadows: ShadowStandings

    package init(_ inputs: Inputs) {
        self.inputs = inputs
        monitor = RetrainingMonitor(inputs.monitor)
        beforeRestatements = inputs.beforeRestatements.map(RetrainingMonitor.init)
        shadows = ShadowStandings(
            inputs.shadows,
            family: inputs.family,
            errorShare: inputs.monitor.errorShare
        )
        if let days = inputs.restated, let full = inputs.monitor.days.last {
            var again = inputs.monitor
            // Cells are not read slice by slice.
            again.slices = [:]
            again.days[again.days.count - 1] = (full.age, Self.completed(days, by: full.days))
            restated = RetrainingMonitor(again)
        }
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

    /// What the watch has seen so far, the youngest label age first.
    package var histories: [RiskHistory] { monitor.tracks.map(\.history) }

    /// The recommendation as of an instant.
    ///
    /// - Precondition: Instants are asked for in ascending order.
    package mutating func recommendation(asOf: Instant) -> Recommendation {
        monitor.advance(to: asOf)
        restated?.advance(to: asOf)
        for index in beforeRestatements.indices { beforeRestatements[index].advance(to: asOf) }
        let alarmed = ([monitor] + beforeRestatements.reversed()).first { $0.alarmedAt != nil }
        return RecommendationConclusion(
            inputs: inputs,
            monitor: alarmed ?? monitor,
            restated: restated,
            standings: shadows.standings(asOf: asOf),
            asOf: asOf
        ).recommendation
    }
}
