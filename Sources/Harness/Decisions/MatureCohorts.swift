package import Evaluation
package import Postgres
import Store

/// Makes the entries of the ledger that are not made: cohorts that have reached an age, as they were known at that moment.
///
/// What an entry holds depends only on the rows that had become known when the cohort reached the age, and on the label
/// policy of that moment: not on when it is made, nor on the order in which rows came. Running it twice changes nothing.
package struct MatureCohorts: Sendable {
    package let pool: PostgresPool
    package let task: PredictionTask

    package init(pool: PostgresPool, task: PredictionTask) {
        self.pool = pool
        self.task = task
    }

    /// Freezes the cohorts that have reached an age by `present`.
    ///
    /// - Returns: How many were frozen.
    @discardableResult
    package func run(present: Instant) async throws -> Int {
        let buckets = try task.timeBuckets()
        let due = try await pool.withConnection {
            try await self.due($0, present: present)
        }
        var count = 0
        for portion in CohortPortions(due, task: task, buckets: buckets).portions {
            count += try await freeze(portion, buckets)
        }
        if count > 0 {
            try await pool.withConnection { connection in
                try await CohortStore(connection, task: task).refreshStatistics()
            }
        }
        return count
    }

    /// Matures what is due by the server's clock.
    ///
    /// - Returns: How many cohorts were frozen, and the instant.
    package func run() async throws -> (cohorts: Int, asOf: Instant) {
        let present = try await pool.withTransaction { try await Gate($0).enter(task) }
        return (try await run(present: present), present)
    }

    private func freeze(_ portion: Set<CohortKey>, _ buckets: TimeBuckets) async throws -> Int {
        guard let first = portion.map(\.bucket).min(), let last = portion.map(\.bucket).max() else {
            return 0
        }
        let interval = Window(
            from: buckets.start(ofNumber: first),
            upTo: buckets.end(ofNumber: last)
        )
        return try await pool.withTransaction { connection in
            let now = try await Gate(connection).enter(task)
            // Another process may have frozen some since they were found to be due.
            let newest = try await CohortStore(connection, task: task).newest(starting: interval)
            let due = portion.filter { key in
                let start = buckets.start(ofNumber: key.bucket)
                return newest[LedgerPlace(bucketStart: start, age: key.age)]?.isMade != true
            }
            guard let lastDue = due.map({ $0.instant(in: buckets) }).max() else { return 0 }
            let dictionary = try await DictionaryStore(connection).load(task)
            let facts = FactStore(connection, task: task)
            try await facts.prepareSession()
            let policies = try await TaskStore(connection).labelPolicies(of: task)
            let keepers = try await PairKeeperStore(connection, task: task).all().models
            var builders = Dictionary(grouping: due) { key in
                policies[key.instant(in: buckets)] ?? task.labelPolicy
            }.map { policy, keys in
                var then = task
                then.labelPolicy = policy
                return CohortBuilder(
                    task: then,
                    dictionary: dictionary,
                    buckets: buckets,
                    wanted: Set(keys),
                    pairKeepers: keepers
                )
            }
            try await FactScan(facts: facts, task: task, dictionary: dictionary).run(
                asOf: lastDue,
                interval: interval
            ) { history in
                for index in builders.indices { builders[index].add(history) }
            }
            for builder in builders {
                let built = builder.built.map { cohort in
                    var cohort = cohort
                    cohort.revision = newest[cohort.place]?.revision ?? 0
                    return cohort
                }
                try await CohortStore(connection, task: task).freeze(
                    built,
                    settingsVersion: try await TaskStore(connection)
                        .version(ofSettings: builder.task),
                    at: now
                )
            }
            return due.count
        }
    }

    /// The cohorts that have reached an age and whose entries are not made; those that have lost rows stay as they are.
    func due(_ connection: PostgresConnection, present: Instant) async throws -> Set<CohortKey> {
        let buckets = try task.timeBuckets()
        let newest = try await CohortStore(connection, task: task).newest()
        let released = try await ReleaseStore(connection, task: task).released()
        let starts = try await CellStore(connection, task: task, buckets: buckets).bucketStarts()
            .filter { $0 >= released?.rowsFrom ?? .distantPast }
        let ages = task.cohortAges
        var due: Set<CohortKey> = []
        for start in starts {
            for age in ages
            where newest[LedgerPlace(bucketStart: start, age: age)]?.isMade != true {
                let key = CohortKey(bucket: buckets.number(of: start), age: age)
                if key.instant(in: buckets) <= present { due.insert(key) }
            }
        }
        return due
    }
}
