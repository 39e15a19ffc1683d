package import Evaluation
package import Postgres
import Store

/// Sees to it that the pairs of a model with every other model are kept: in cells, and in cohorts.
///
/// Pairs of any two models would grow with the square of their number. Kept are those of the models that were
/// champion, and of a few more that questions have named. A model is recorded in one transaction, under the gate,
/// together with its pairs of all stored rows; from then on uploads and maturing add to them. So what is stored is a
/// function of rows and records, whatever the order in which they came (rule T6).
package struct KeepPairs: Sendable {
    package let pool: PostgresPool
    package let task: PredictionTask

    package init(pool: PostgresPool, task: PredictionTask) {
        self.pool = pool
        self.task = task
    }

    /// A model that is no champion keeps its pairs only where a task has fewer models than this that do.
    ///
    /// Questions must not be able to make every upload dearer. The pairs of further models are worked out from rows
    /// for each question.
    package static let modelLimit = 8

    /// Keeps the pairs of the champion of an instant.
    package func keepChampion(asOf instant: Instant) async throws {
        let champion = try await pool.withConnection { connection in
            try await Self.champion(of: task, asOf: instant, connection)
        }
        if let champion { try await keep(champion, isChampion: true) }
    }

    /// The number of the champion of an instant, if there is one, by what was known then.
    static func champion(
        of task: PredictionTask,
        asOf instant: Instant,
        _ connection: PostgresConnection
    ) async throws -> Int32? {
        let names = DictionaryStore(connection)
        let roles = ModelRoles(
            models: try await names.knownModels(of: task, asOf: instant),
            history: try await RoleStore(connection).history(of: task, asOf: instant),
            asOf: instant
        )
        guard let champion = roles.champion else { return nil }
        return try await names.models(of: task)[champion]
    }

    /// - Parameters:
    ///   - model: The number of the model.
    ///   - isChampion: Whether it is the champion, or only named by a question.
    /// - Throws: `PostgresError`.
    func keep(_ model: Int32, isChampion: Bool) async throws {
        let known = try await pool.withConnection {
            try await PairKeeperStore($0, task: task).all()
        }
        if known.contains(model) { return }
        if !isChampion, known.models.count >= Self.modelLimit { return }
        try await pool.withTransaction { connection in
            let now = try await Gate(connection).enter(self.task)
            // Cells are by the settings of today, whatever instant the question is about.
            let task = try await TaskStore(connection).task(named: self.task.name)
            let store = PairKeeperStore(connection, task: task)
            // Another question may have been faster.
            let keepers = try await store.all()
            guard !keepers.contains(model) else { return }
            let dictionary = try await DictionaryStore(connection).load(task)
            let rowsFrom = try await ReleaseStore(connection, task: task).released()?.rowsFrom
            let others = Set(dictionary.versions.values.map(\.model)).subtracting([model])
            if !others.isSubset(of: keepers.models) {
                try await FactStore(connection, task: task).prepareSession()
                try await Self.addCells(of: model, task, keepers, dictionary, connection)
                let ledger = CohortStore(connection, task: task)
                try await CohortPairs(connection, task: task, model: model, without: keepers)
                    .build(from: rowsFrom ?? .distantPast) { try await ledger.append(pairsOf: $0) }
            }
            try await store.record(model, rowsFrom: rowsFrom, at: now)
        }
    }

    /// Adds the pairs of all stored rows that no other model keeps, a table partition at a time.
    private static func addCells(
        of model: Int32,
        _ task: PredictionTask,
        _ keepers: PairKeepers,
        _ dictionary: TaskDictionary,
        _ connection: PostgresConnection
    ) async throws {
        let buckets = try task.timeBuckets()
        let facts = FactStore(connection, task: task)
        let cells = CellStore(connection, task: task, buckets: buckets)
        let kept = dictionary.versions(of: keepers.models)
        let scan = FactScan(facts: facts, task: task, dictionary: dictionary)
        for (chunk, part) in try await facts.parts().keys.sorted().enumerated() {
            // A pair belongs to the time of its earlier prediction, so to one partition.
            let interval = Partition(number: part).interval
            var accumulator = CellAccumulator(
                task: task,
                dictionary: dictionary,
                buckets: buckets,
                pairKeepers: [model],
                window: interval
            )
            try await scan.run(interval: interval.before(interval.lastInstant)) {
                accumulator.addPairs(of: $0)
            }
            try await cells.append(
                cells: [:],
                pairs: accumulator.pairs.filter { key, _ in
                    !kept.contains(key.first) && !kept.contains(key.second)
                },
                uploadID: CellStore.folded,
                chunk: Int32(chunk)
            )
        }
    }
}

extension Window {
    /// The last microsecond: what ends with a partition does not touch the next one.
    fileprivate var lastInstant: Instant { Instant(microseconds: upperBound.microseconds - 1) }
}
