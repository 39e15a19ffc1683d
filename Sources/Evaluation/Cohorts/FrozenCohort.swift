/// Two model versions that scored the same requests; `first` sorts first by model name and version.
package struct VersionPair: Hashable, Comparable, Sendable {
    package var first: Int32
    package var second: Int32

    package init(first: Int32, second: Int32) {
        self.first = first
        self.second = second
    }

    init(_ pair: CountedPair) {
        self.init(first: pair.first.modelVersion, second: pair.second.modelVersion)
    }

    package static func < (left: VersionPair, right: VersionPair) -> Bool {
        (left.first, left.second) < (right.first, right.second)
    }
}

/// The predictions of one time bucket, as known when it had reached an age, frozen.
package struct FrozenCohort: Sendable, Equatable {
    package var bucketStart: Instant
    package var age: Int64
    package var revision: Int32
    /// The end of the bucket plus the age.
    package var frozenAsOf: Instant
    package var cells: [Int32: CohortCell] = [:]
    /// What two versions did on the same requests, by slice; only at the full age.
    package var pairs: [SlicedPair: PairCell] = [:]
    /// What the tests of a comparison need beyond sums; over all slices, only at the full age.
    package var evidence: [VersionPair: GainEvidence] = [:]

    /// Gains by group of entities, under each loss of the kind of task, where a request names its entity; over all slices.
    package var entityGains: [VersionPair: EntitySums] = [:]

    package init(bucketStart: Instant, age: Int64, revision: Int32 = 0, frozenAsOf: Instant) {
        self.bucketStart = bucketStart
        self.age = age
        self.revision = revision
        self.frozenAsOf = frozenAsOf
    }

    package var place: LedgerPlace {
        LedgerPlace(bucketStart: bucketStart, age: age, revision: revision)
    }

    /// The cohort as if the pairs of some versions had not been compared.
    package func withoutPairs(of versions: Set<Int32>) -> FrozenCohort {
        func isLeft(_ pair: VersionPair) -> Bool {
            !versions.contains(pair.first) && !versions.contains(pair.second)
        }
        var cohort = self
        cohort.pairs = pairs.filter { isLeft($0.key.pair) }
        cohort.evidence = evidence.filter { isLeft($0.key) }
        cohort.entityGains = entityGains.filter { isLeft($0.key) }
        return cohort
    }

    /// Takes over the pairs of the same cohort, and what belongs to them.
    package mutating func addPairs(of other: FrozenCohort) {
        pairs.merge(other.pairs) { $1 }
        evidence.merge(other.evidence) { $1 }
        entityGains.merge(other.entityGains) { $1 }
    }

    /// A pair of versions in one slice, or in `TaskDictionary.allSlices`.
    package struct SlicedPair: Hashable, Comparable, Sendable {
        package var pair: VersionPair
        package var slice: Int32

        package init(pair: VersionPair, slice: Int32) {
            self.pair = pair
            self.slice = slice
        }

        package static func < (left: SlicedPair, right: SlicedPair) -> Bool {
            left.slice != right.slice ? left.slice < right.slice : left.pair < right.pair
        }
    }
}
