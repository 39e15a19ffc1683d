/// The unit of evidence of a comparison: what both models did on the same requests of one day, as known at the
/// label horizon.
package struct GainDay: Sendable, Equatable {
    package var start: Instant
    package var end: Instant
    /// When the last label was due.
    package var knownAt: Instant
    package var sums: PairSums
    package var evidence = GainEvidence()
    /// Gains by group of entities; empty where no request names one.
    package var entities: EntitySums

    /// How much the day weighs: labelled pairs, or pairs of a positive and a negative.
    package func weight(_ metric: ComparisonMetric) -> Double {
        switch metric {
        case .loss: Double(sums.pairs)
        case .ranking: evidence.comparablePairs
        }
    }

    /// The sum of gains, positive when the shadow is better.
    package func gain(_ metric: ComparisonMetric) -> Double {
        switch metric {
        case .loss(let loss): sums.gain(loss)
        case .ranking: evidence.shadowOrdered - evidence.championOrdered
        }
    }

    /// The sum of the champion's metric.
    package func champion(_ metric: ComparisonMetric) -> Double {
        switch metric {
        case .loss(.decision): Double(sums.pairs) - sums.sums(.decision).champion
        case .loss(let loss): sums.sums(loss).champion
        case .ranking: evidence.championOrdered
        }
    }
}

extension GainDay {
    /// A day without pairs.
    package init(start: Instant, end: Instant, knownAt: Instant, kind: TaskKind) {
        (self.start, self.end, self.knownAt) = (start, end, knownAt)
        sums = PairSums(kind: kind)
        entities = .gains(of: kind.losses)
    }

    /// The days of a champion and a shadow in event order.
    ///
    /// `cohorts` are frozen at the label horizon. Days that were not whole by `instant` are left out; cohorts may be
    /// hours. `championIsFirst` says which side of a pair the champion is; it is `nil` for pairs of other models.
    package static func days(
        _ cohorts: [FrozenCohort],
        task: PredictionTask,
        buckets: TimeBuckets,
        slice: Int32 = TaskDictionary.allSlices,
        knownBy instant: Instant = .distantFuture,
        championIsFirst: (VersionPair) -> Bool?
    ) -> [GainDay] {
        LocalDay.group(cohorts, age: task.horizonSeconds, buckets).filter {
            $0.day.knownAt <= instant
        }.map { day, cohorts in
            var gains = GainDay(
                start: day.start,
                end: day.end,
                knownAt: day.knownAt,
                kind: task.kind
            )
            for cohort in cohorts {
                for (key, cell) in cohort.pairs where key.slice == slice {
                    guard let isFirst = championIsFirst(key.pair) else { continue }
                    // The policy was applied when the cohort was frozen.
                    gains.sums.add(cell, championIsFirst: isFirst, impliesNegatives: false)
                }
                guard slice == TaskDictionary.allSlices else { continue }
                for (pair, entities) in cohort.entityGains {
                    guard let isFirst = championIsFirst(pair) else { continue }
                    gains.entities.add(entities, isTurned: !isFirst)
                }
                for (pair, evidence) in cohort.evidence {
                    guard let isFirst = championIsFirst(pair) else { continue }
                    gains.evidence.add(evidence.oriented(championIsFirst: isFirst))
                }
            }
            return gains
        }
    }
}
