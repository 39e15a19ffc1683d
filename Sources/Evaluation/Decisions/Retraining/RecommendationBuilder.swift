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
        /// All shadows with their matured days; what is known later is not looked at.
        package var shadows: [ComparisonBuilder] = []
        /// The champion fitted anew every week; `nil` where nobody asks.
        package var retrained: RetrainedShadow?
        /// The evidence that there is.
        package var ledger = LedgerSummary.none
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
    /// What is known by the instant that is asked about; `nil` where it is not shown.
    package var now: KnownNow?
    /// What the champion and each shadow predicted, whatever the labels.
    package var traffic: [Name: ShadowTraffic] = [:]
    /// The verdict of a ledger that has all that came in time; `nil` where this one has.
    package var verdictWithLateRows: RecommendationVerdict?
    /// The slices of shadows that are surely better, compared.
    package var slices: [Name: [SliceComparison]] = [:]
    private var monitor: RetrainingMonitor
    private var beforeRestatements: [RetrainingMonitor]
    private let shadows: ShadowStandings

    package init(_ inputs: Inputs) {
        self.inputs = inputs
        monitor = RetrainingMonitor(inputs.monitor)
        beforeRestatements = inputs.beforeRestatements.map(RetrainingMonitor.init)
        shadows = ShadowStandings(
            inputs.shadows,
            errorShare: inputs.monitor.errorShare
        )
    }

    /// What the watch has seen so far, the youngest label age first.
    package var histories: [RiskHistory] { monitor.tracks.map(\.history) }

    /// Follows the ledger up to an instant, which takes most of the time of a recommendation.
    package mutating func advance(to instant: Instant) {
        monitor.advance(to: instant)
        for index in beforeRestatements.indices { beforeRestatements[index].advance(to: instant) }
    }

    /// The shadows that are surely better as of an instant, whose slices are worth a look.
    package func better(asOf: Instant) -> [Name] {
        shadows.standings(asOf: asOf, traffic: traffic).filter(\.isBetter).map(\.shadow)
    }

    /// The recommendation as of an instant.
    ///
    /// - Precondition: Instants are asked for in ascending order.
    package mutating func recommendation(asOf: Instant) -> Recommendation {
        advance(to: asOf)
        let alarmed = ([monitor] + beforeRestatements.reversed()).first { $0.alarmedAt != nil }
        return RecommendationConclusion(
            inputs: inputs,
            monitor: alarmed ?? monitor,
            now: now,
            verdictWithLateRows: verdictWithLateRows,
            shadows: shadows.standings(asOf: asOf, traffic: traffic),
            slices: slices,
            asOf: asOf
        ).recommendation
    }
}
