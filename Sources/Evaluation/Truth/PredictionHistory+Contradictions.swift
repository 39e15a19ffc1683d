/// What of a history cannot all be true, so that only a rule says what stands.
extension PredictionHistory {
    /// Whether a model was told with several contents: other scores, times, slices, details or versions.
    ///
    /// The same content told again is none more.
    ///
    /// - Parameters:
    ///   - asOf: What became known later is not seen.
    ///   - standing: The standing predictions as of that instant.
    /// - Returns: Whether it was, as far as was known then.
    package func hasSeveralScores(asOf: Instant, standing: [Int]) -> Bool {
        // Nearly always each prediction stands.
        guard predictions.count > standing.count else { return false }
        var places: [Int32: Int] = [:]
        for place in standing { places[predictions[place].model] = place }
        return predictions.contains { prediction in
            guard prediction.knownAt <= asOf, let place = places[prediction.model] else {
                return false
            }
            let stands = predictions[place]
            return !prediction.saysTheSame(as: stands)
                || !scoresEqual(prediction, scores(stands))
        }
    }

    /// Whether a source was told to say different things of the same time.
    ///
    /// A correction that was observed later is the normal life of a label, and sources that disagree are ranked. Where
    /// one source says two things of one time, or says something and takes it back, only the order of telling decides.
    ///
    /// - Parameter asOf: What became known later is not seen.
    /// - Returns: Whether one was, as far as was known then.
    package func hasSeveralLabels(asOf: Instant) -> Bool {
        guard labels.count > 1 else { return false }
        var values: [LabelPlace: Double?] = [:]
        for revision in labels where revision.knownAt <= asOf {
            let place = LabelPlace(observedAt: revision.observedAt, source: revision.source)
            guard let value = values[place] else {
                values[place] = .some(revision.value)
                continue
            }
            if value != revision.value { return true }
        }
        return false
    }

    /// Of the revisions that cannot be true if another one is, the one that was current among them.
    func lastTold(against revision: LabelRevision) -> LabelRevision? {
        labels.filter { $0.contradicts(revision) && isFirstTelling($0) }
            .max { $0.telling < $1.telling }
    }
}

extension LabelRevision {
    fileprivate func contradicts(_ other: LabelRevision) -> Bool {
        observedAt == other.observedAt && source == other.source && value != other.value
    }
}

private struct LabelPlace: Hashable {
    var observedAt: Instant
    var source: Int32
}
