import Evaluation
import Postgres
import Store

/// The pairs of a model in cohorts that were frozen without them: by `known_at`, as of the age of each, by the
/// settings that it was frozen with.
struct CohortPairs {
    private let connection: PostgresConnection
    private let task: PredictionTask
    private let model: Int32
    private let keepers: PairKeepers
    private let names: TaskDictionary?

    /// `keepers` are the models whose pairs the cohorts have; `names` is `nil` for those that there are.
    init(
        _ connection: PostgresConnection,
        task: PredictionTask,
        model: Int32,
        without keepers: PairKeepers,
        names: TaskDictionary? = nil
    ) {
        self.connection = connection
        self.task = task
        self.model = model
        self.keepers = keepers
        self.names = names
    }

    /// Builds the pairs; `body` is given some cohorts at a time, with their pairs.
    ///
    /// Cohorts that begin before `rowsFrom` are left out, for their rows are gone.
    func build(
        from rowsFrom: Instant,
        _ body: ([FrozenCohort]) async throws -> Void
    ) async throws {
        let frozen = try await CohortStore(connection, task: task).frozenBySettings(from: rowsFrom)
        for (version, cohorts) in frozen.sorted(by: { $0.key < $1.key }) {
            let settings = try await TaskStore(connection).task(task, version: version)
            let buckets = try settings.timeBuckets()
            let dictionary =
                if let names { names } else { try await DictionaryStore(connection).load(settings) }
            // Younger cohorts are not compared.
            let keys = cohorts.filter { $0.age == settings.horizonSeconds }.map {
                CohortKey(bucket: buckets.number(of: $0.bucketStart), age: $0.age)
            }
            let portions = CohortPortions(Set(keys), task: settings, buckets: buckets).portions
            let others = dictionary.versions(of: keepers.models)
            for portion in portions {
                let built = try await self.built(portion, settings, dictionary, buckets)
                try await body(
                    built.flatMap { $0.withoutPairs(of: others).revisions(among: cohorts) }
                )
            }
        }
    }

    private func built(
        _ portion: Set<CohortKey>,
        _ settings: PredictionTask,
        _ dictionary: TaskDictionary,
        _ buckets: TimeBuckets
    ) async throws -> [FrozenCohort] {
        var builder = CohortBuilder(
            task: settings,
            dictionary: dictionary,
            buckets: buckets,
            wanted: portion,
            pairKeepers: [model]
        )
        let numbers = portion.map(\.bucket)
        guard let first = numbers.min(), let last = numbers.max(),
            let newest = portion.map({ $0.instant(in: buckets) }).max()
        else { return [] }
        let facts = FactStore(connection, task: settings)
        try await FactScan(facts: facts, task: settings, dictionary: dictionary).run(
            asOf: newest,
            interval: Window(
                from: buckets.start(ofNumber: first),
                upTo: buckets.end(ofNumber: last)
            )
        ) { builder.add($0) }
        return builder.built
    }

    /// Cohorts of a question, with the pairs that they lack.
    func complete(_ cohorts: [FrozenCohort], from rowsFrom: Instant) async throws -> [FrozenCohort]
    {
        var indices: [LedgerPlace: Int] = [:]
        for (index, cohort) in cohorts.enumerated() { indices[cohort.place] = index }
        var complete = cohorts
        try await build(from: rowsFrom) { built in
            for cohort in built {
                guard let index = indices[cohort.place] else { continue }
                complete[index].addPairs(of: cohort)
            }
        }
        return complete
    }
}

extension FrozenCohort {
    /// The cohort once for each of its revisions among some places.
    fileprivate func revisions(among places: Set<LedgerPlace>) -> [FrozenCohort] {
        places.filter { $0.bucketStart == bucketStart && $0.age == age }.map { place in
            var cohort = self
            cohort.revision = place.revision
            return cohort
        }
    }
}
