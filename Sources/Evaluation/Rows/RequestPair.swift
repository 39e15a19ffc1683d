/// What a champion and a shadow predicted for one request, and what stands about its outcome.
package struct RequestPair: Sendable, Equatable {
    package let champion: StandingPrediction
    package let shadow: StandingPrediction
    /// The one to whose time and slices the pair belongs, as in paired cells: the earlier; at a tie, of the model whose name sorts
    /// first.
    package let anchor: StandingPrediction

    /// Which of both is nearer to the outcome.
    package enum Nearer: String, Sendable, CaseIterable {
        case champion
        case shadow
        case both
    }

    package init(
        champion: StandingPrediction,
        shadow: StandingPrediction,
        championSortsFirst: Bool
    ) {
        self.champion = champion
        self.shadow = shadow
        let (first, second) = championSortsFirst ? (champion, shadow) : (shadow, champion)
        anchor = second.prediction.predictedAt < first.prediction.predictedAt ? second : first
    }

    /// |f − g| of the two scores, in their unit.
    package var distance: Double { abs(champion.score - shadow.score) }

    /// Whether the scores lie on different sides of the threshold; `nil` where nothing is decided at one.
    package func isDecidedDifferently(of task: PredictionTask) -> Bool? {
        guard let one = task.decidesForPositive(champion.score),
            let other = task.decidesForPositive(shadow.score)
        else { return nil }
        return one != other
    }

    /// The champion's loss less the shadow's, positive where the shadow is nearer; `nil` where the outcome is unknown.
    package func gain(of task: PredictionTask) -> Double? {
        anchor.label.map {
            task.cohortLoss(champion.score, label: $0) - task.cohortLoss(shadow.score, label: $0)
        }
    }

    /// `nil` where the outcome is unknown.
    package func nearer(of task: PredictionTask) -> Nearer? {
        gain(of: task).map { $0 == 0 ? .both : $0 > 0 ? .shadow : .champion }
    }
}
