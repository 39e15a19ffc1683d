import Evaluation
import Postgres
import Store

/// The cells of an interval, recomputed from the rows: as of an instant, or where the interval cuts a time bucket.
///
/// Where rows are no longer kept, the stored cells stand for them: what a bucket's released rows add is its stored
/// cell less what its kept rows add by now.
struct RecomputedCells {
    private(set) var cells: [CellKey: ModelCell] = [:]
    private(set) var pairs: [PairCellKey: PairCell] = [:]
    /// Over all models and slices.
    private(set) var contradictions = ContradictionCount()

    /// * `pairKeepers`: The models whose pairs are wanted.
    /// * `slice`: The slice whose cells are wanted, "all" among them; `nil` for every slice.
    /// * `visit`: Is shown the history of each prediction id in partitions of the interval, for what cells do not
    ///   tell; rows that are not kept are not shown.
    /// * Throws: `HarnessError.rowsReleased` where neither rows nor cells can say what was known.
    init(
        _ connection: PostgresConnection,
        view: TaskView,
        interval: Window,
        pairKeepers: Set<Int32> = [],
        slice: Int32? = nil,
        visit: (borrowing PredictionHistory) throws -> Void = { _ in }
    ) async throws {
        try view.requireCells(of: interval)
        let facts = try await view.facts(connection)
        var dictionary = view.dictionary
        if slice == TaskDictionary.allSlices { dictionary.slicesOfSet = [:] }
        let asOf = view.asOf ?? .distantFuture
        var accumulator = CellAccumulator(
            task: view.task,
            dictionary: dictionary,
            buckets: view.buckets,
            pairKeepers: pairKeepers,
            asOf: asOf,
            window: interval
        )
        let scan = FactScan(facts: facts, task: view.task, dictionary: view.dictionary)
        try await scan.run(asOf: asOf, interval: interval) { history in
            accumulator.add(history, sign: 1)
            try visit(history)
        }
        (cells, pairs) = (accumulator.cells, accumulator.pairs)
        contradictions = accumulator.contradictions.values.total
        if let released = view.released, interval.lowerBound < released.rowsFrom {
            try await addReleased(
                before: released.rowsFrom,
                interval,
                connection,
                view,
                dictionary,
                pairKeepers
            )
        }
        if let slice {
            cells = cells.filter { $0.key.slice == slice }
            pairs = pairs.filter { $0.key.slice == slice }
        }
    }

    private mutating func addReleased(
        before rowsFrom: Instant,
        _ interval: Window,
        _ connection: PostgresConnection,
        _ view: TaskView,
        _ dictionary: TaskDictionary,
        _ pairKeepers: Set<Int32>
    ) async throws {
        let touched = interval.before(rowsFrom)
        let store = CellStore(connection, task: view.task, buckets: view.buckets)
        let slice = dictionary.slicesOfSet.isEmpty ? TaskDictionary.allSlices : nil
        for (key, cell) in try await store.cells(slice: slice, starting: touched) {
            add(cell, to: key, view)
        }
        if !pairKeepers.isEmpty {
            let versions = dictionary.versions(of: pairKeepers)
            for (key, cell) in try await store.pairs(
                slice: slice,
                of: versions,
                starting: touched
            ) {
                add(cell, to: key, view)
            }
        }
        contradictions += try await store.contradictions(starting: touched).values.total
        // Of what the stored cells count, the rows that are still kept.
        let last = view.buckets.number(of: rowsFrom.previous)
        let cut = view.buckets.window(ofNumber: last)
        var kept = CellAccumulator(
            task: view.task,
            dictionary: dictionary,
            buckets: view.buckets,
            pairKeepers: pairKeepers,
            window: interval.before(cut.upperBound)
        )
        try await FactScan(
            facts: FactStore(connection, task: view.task),
            task: view.task,
            dictionary: view.dictionary
        ).run(interval: cut) { kept.add($0, sign: -1) }
        for (key, cell) in kept.cells { add(cell, to: key, view) }
        for (key, cell) in kept.pairs { add(cell, to: key, view) }
        contradictions += kept.contradictions.values.total
        cells = cells.filter { !$0.value.isZero }
        pairs = pairs.filter { !$0.value.isZero }
    }

    private mutating func add(_ cell: ModelCell, to key: CellKey, _ view: TaskView) {
        let zero = ModelCell(
            layout: CellLayout(kind: view.task.kind),
            fine: key.slice == TaskDictionary.allSlices
        )
        cells[key, default: zero].add(cell)
    }

    private mutating func add(_ cell: PairCell, to key: PairCellKey, _ view: TaskView) {
        pairs[key, default: PairCell(layout: CellLayout(kind: view.task.kind))].add(cell)
    }
}
