package import Evaluation
package import Postgres
import Store

/// Freezes the cohorts that have reached an age, as they were known at that moment.
///
/// A cohort is frozen when a decision first looks at it, and never again: what it holds depends only on what
/// had become known when it reached the age, not on when somebody looks, and on the label policy of that moment.
/// Running it twice changes nothing.
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
            let frozen = try await CohortStore(connection, task: task).frozen(starting: interval)
            let due = portion.filter { key in
                let start = buckets.start(ofNumber: key.bucket)
                return !frozen.contains(FrozenAt(bucketStart: start, age: key.age))
            }
            guard let newest = due.map({ $0.instant(in: buckets) }).max() else { return 0 }
            let dictionary = try await DictionaryStore(connection).load(task)
            let facts = FactStore(connection, task: task)
            try await facts.prepareSession()
            let policies = try await TaskStore(connection).labelPolicies(of: task)
            let keepers = try await PairKeeperStore(connection, task: task).all().models
            var builders = Dictionary(grouping: due) { key in
                policies.last { $0.from <= key.instant(in: buckets) }?.policy ?? task.labelPolicy
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
                asOf: newest,
                interval: interval
            ) { history in
                for index in builders.indices { builders[index].add(history) }
            }
            for builder in builders {
                try await CohortStore(connection, task: task).freeze(
                    builder.built,
                    settingsVersion: try await TaskStore(connection)
                        .version(ofSettings: builder.task),
                    at: now
                )
            }
            return due.count
        }
    }

    /// The cohorts that have reached an age and are not frozen; those that have lost rows stay as they are.
    func due(_ connection: PostgresConnection, present: Instant) async throws -> Set<CohortKey> {
        let buckets = try task.timeBuckets()
        let frozen = try await CohortStore(connection, task: task).frozen()
        let released = try await ReleaseStore(connection, task: task).released()
        let starts = try await CellStore(connection, task: task, buckets: buckets).bucketStarts()
            .filter { $0 >= released?.rowsFrom ?? .distantPast }
        let ages = task.cohortAges
        var due: Set<CohortKey> = []
        for start in starts {
            for age in ages
            where !frozen.contains(FrozenAt(bucketStart: start, age: age)) {
                let key = CohortKey(bucket: buckets.number(of: start), age: age)
                if key.instant(in: buckets) <= present { due.insert(key) }
            }
        }
        return due
    }
}
