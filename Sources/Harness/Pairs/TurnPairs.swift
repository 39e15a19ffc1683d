import Evaluation
import Postgres
import Store

/// Restates what is stored of a model's pairs after it got another name.
///
/// A pair is seen from the version that sorts first by its model's name, and belongs to the slices of the earlier
/// prediction, of two at the same time to those of the one that sorts first. So where the model comes to stand on
/// the other side of another one, the sides of what is stored are exchanged; and where requests have their slices
/// from the other side now, what those add is moved. Both are exact. Of rows that are no longer kept the slices
/// stay.
///
/// Sets of models stay as they are: in which order a set has its versions is told by the set.
struct TurnPairs {
    private let connection: PostgresConnection
    private let task: PredictionTask
    private let model: Int32
    private let before: TaskDictionary
    private let after: TaskDictionary

    /// `before` has the names as they were, `after` as they are.
    init(
        _ connection: PostgresConnection,
        task: PredictionTask,
        model: Int32,
        before: TaskDictionary,
        after: TaskDictionary
    ) {
        self.connection = connection
        self.task = task
        self.model = model
        self.before = before
        self.after = after
    }

    /// Under the task's gate.
    func run() async throws {
        let keepers = try await PairKeeperStore(connection, task: task).all()
        let pairs = turnedPairs(keepers)
        guard !pairs.isEmpty else { return }
        let moved = try await movedCells(pairs, keepers)
        try await turnCells(pairs, moved ?? [:])
        try await turnCohorts(pairs, slicesMoved: moved != nil)
    }

    /// The kept pairs whose sides are exchanged, as they were.
    private func turnedPairs(_ keepers: PairKeepers) -> Set<VersionPair> {
        let (old, new) = (VersionOrder(before), VersionOrder(after))
        let own = before.versions(of: [model])
        var pairs: Set<VersionPair> = []
        for (version, other) in before.versions where !own.contains(version) {
            guard keepers.contains(model) || keepers.contains(other.model) else { continue }
            for own in own {
                let wasFirst = old.rank(own) < old.rank(version)
                guard wasFirst != (new.rank(own) < new.rank(version)) else { continue }
                let pair = VersionPair(first: own, second: version)
                pairs.insert(wasFirst ? pair : pair.turned)
            }
        }
        return pairs
    }

    // MARK: - Cells

    /// What requests add to cells by the new names, less what they add by the old ones, sides exchanged; `nil`
    /// where none has its slices from the other side.
    private func movedCells(
        _ pairs: Set<VersionPair>,
        _ keepers: PairKeepers
    ) async throws -> [PairCellKey: PairCell]? {
        guard !task.sliceKeys.isEmpty else { return nil }
        let buckets = try task.timeBuckets()
        func accumulator(_ dictionary: TaskDictionary) -> CellAccumulator {
            CellAccumulator(
                task: task,
                dictionary: dictionary,
                buckets: buckets,
                pairKeepers: keepers.models
            )
        }
        var (old, new) = (accumulator(before), accumulator(after))
        let facts = FactStore(connection, task: task)
        try await facts.prepareSession()
        var isAny = false
        try await FactScan(facts: facts, task: task, dictionary: after).run { history in
            guard history.hasOtherSlices(beside: model) else { return }
            isAny = true
            old.addPairs(of: history)
            new.addPairs(of: history)
        }
        guard isAny else { return nil }
        var moved = new.pairs.filter { pairs.contains($0.key.pair.turned) }
        for (key, cell) in old.pairs where pairs.contains(key.pair) {
            moved[key.turned, default: PairCell(layout: old.layout)].totals
                .add(cell.turned(task.kind).totals, sign: -1)
        }
        return moved.filter { !$0.value.isZero }
    }

    private func turnCells(
        _ pairs: Set<VersionPair>,
        _ moved: [PairCellKey: PairCell]
    ) async throws {
        let store = CellStore(connection, task: task, buckets: try task.timeBuckets())
        let versions = before.versions(of: [model])
        var cells = moved
        turn(
            try await store.pairs(slice: nil, of: versions, starting: .always, from: .rows),
            pairs,
            into: &cells
        )
        let forgotten = try await store.forgottenSums(pairsOf: versions, starting: .always)
            .mapValues { sums in
                var turned: [PairCellKey: PairCell] = [:]
                turn(sums.pairs, pairs, into: &turned)
                return turned
            }
        try await store.replace(pairs, by: cells, forgotten: forgotten)
    }

    private func turn(
        _ stored: [PairCellKey: PairCell],
        _ pairs: Set<VersionPair>,
        into cells: inout [PairCellKey: PairCell]
    ) {
        for (key, cell) in stored where pairs.contains(key.pair) {
            cells[key.turned, default: PairCell(layout: CellLayout(kind: task.kind))]
                .add(cell.turned(task.kind))
        }
    }

    // MARK: - Cohorts

    private func turnCohorts(_ pairs: Set<VersionPair>, slicesMoved: Bool) async throws {
        let store = CohortStore(connection, task: task)
        let versions = before.versions(of: [model])
        var cohorts: [LedgerPlace: FrozenCohort] = [:]
        for cohort in try await store.cohorts(.every, withPairsOf: versions) {
            cohorts[cohort.place] = cohort.keepingPairs(pairs).turned(task.kind)
        }
        if slicesMoved {
            for (names, sign) in [(before, Int64(-1)), (after, Int64(1))] {
                try await built(names) { cohort in
                    let part =
                        sign < 0
                        ? cohort.keepingPairs(pairs).turned(task.kind)
                        : cohort.keepingPairs(Set(pairs.map(\.turned)))
                    cohorts[cohort.place]?.addSlices(of: part, task.kind, sign: sign)
                }
            }
            for key in cohorts.keys { cohorts[key]?.dropZeros() }
        }
        try await store.replace(pairs, by: Array(cohorts.values))
    }

    /// The cohorts of which rows are kept, built from these with the pairs of the model.
    private func built(
        _ names: TaskDictionary,
        _ body: (FrozenCohort) -> Void
    ) async throws {
        let rowsFrom = try await ReleaseStore(connection, task: task).released()?.rowsFrom
        try await CohortPairs(
            connection,
            task: task,
            model: model,
            without: PairKeepers(),
            names: names
        ).build(from: rowsFrom ?? .distantPast) { $0.forEach(body) }
    }
}

extension PredictionHistory {
    /// Whether a prediction of another model was made at the time of one of a model, in other slices.
    fileprivate func hasOtherSlices(beside model: Int32) -> Bool {
        predictions.contains { own in
            own.model == model
                && predictions.contains {
                    $0.model != model && $0.predictedAt == own.predictedAt
                        && $0.sliceSet != own.sliceSet
                }
        }
    }
}
