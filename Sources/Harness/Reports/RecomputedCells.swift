import Evaluation
import Postgres
import Store

/// The cells of an interval, recomputed from the rows: as of an instant, or where the interval cuts a time bucket.
///
/// Where rows are no longer kept, the stored cells stand for them: what a bucket's released rows add is its stored
/// cell less what its kept rows add by now. Sums stand for the rows of forgotten requests, where they are those of the
/// instant.
struct RecomputedCells {
    private(set) var cells: [CellKey: ModelCell] = [:]
    private(set) var pairs: [PairCellKey: PairCell] = [:]
    /// Over all models and slices.
    private(set) var contradictions = ContradictionCount()
    /// The requests that were known and are missing here, for their rows were deleted.
    private(set) var forgotten: Set<ForgottenRequests> = []
    private let kind: TaskKind

    /// Recomputes the cells of `interval`, and the pairs of the models `pairKeepers`.
    ///
    /// Where `isExact`, only rows may tell, and no sums of forgotten requests. `slice` is the slice whose cells are
    /// wanted, "all" among them; `nil` for every slice. `visit` is shown the history of each prediction id in
    /// partitions of the interval, for what cells do not tell; rows that are not kept are not shown.
    ///
    /// - Throws: `HarnessError.rowsReleased` where neither rows nor cells can say what was known.
    init(
        _ connection: PostgresConnection,
        view: TaskView,
        interval: Window,
        pairKeepers: Set<Int32> = [],
        isExact: Bool = false,
        slice: Int32? = nil,
        visit: (borrowing PredictionHistory) throws -> Void = { _ in }
    ) async throws {
        try view.requireCells(of: interval)
        kind = view.task.kind
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
        var storedUntil = Instant.distantPast
        if let released = view.released, interval.lowerBound < released.rowsFrom {
            storedUntil = try await addReleased(
                before: released.rowsFrom,
                interval,
                connection,
                view,
                dictionary,
                pairKeepers
            )
        }
        try await addForgotten(
            interval,
            connection,
            view,
            dictionary,
            pairKeepers,
            isExact: isExact,
            storedUntil: storedUntil
        )
        if let slice {
            cells = cells.filter { $0.key.slice == slice }
            pairs = pairs.filter { $0.key.slice == slice }
        }
    }

    /// - Returns: Up to where time buckets have their stored cells in these.
    private mutating func addReleased(
        before rowsFrom: Instant,
        _ interval: Window,
        _ connection: PostgresConnection,
        _ view: TaskView,
        _ dictionary: TaskDictionary,
        _ pairKeepers: Set<Int32>
    ) async throws -> Instant {
        let touched = interval.before(rowsFrom)
        let store = CellStore(connection, task: view.task, buckets: view.buckets)
        let slice = dictionary.slicesOfSet.isEmpty ? TaskDictionary.allSlices : nil
        for (key, cell) in try await store.cells(slice: slice, starting: touched) {
            add(cell, to: key)
        }
        if !pairKeepers.isEmpty {
            let versions = dictionary.versions(of: pairKeepers)
            for (key, cell) in try await store.pairs(
                slice: slice,
                of: versions,
                starting: touched
            ) {
                add(cell, to: key)
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
        for (key, cell) in kept.cells { add(cell, to: key) }
        for (key, cell) in kept.pairs { add(cell, to: key) }
        contradictions += kept.contradictions.values.total
        cells = cells.filter { !$0.value.isZero }
        pairs = pairs.filter { !$0.value.isZero }
        return cut.upperBound
    }

    /// Adds the sums of forgotten requests that are those of the instant, and notes the others.
    private mutating func addForgotten(
        _ interval: Window,
        _ connection: PostgresConnection,
        _ view: TaskView,
        _ dictionary: TaskDictionary,
        _ pairKeepers: Set<Int32>,
        isExact: Bool,
        storedUntil: Instant
    ) async throws {
        let touched = Window(
            from: interval.from.map { view.buckets.start(of: $0) } ?? .distantPast,
            upTo: interval.upperBound
        )
        let requests = try await ForgottenStore(connection, task: view.task)
            .requests(starting: touched)
        guard !requests.isEmpty else { return }
        let portion = ForgottenPortion(
            requests,
            of: interval,
            asOf: view.asOf ?? .distantFuture,
            isExact: isExact,
            storedUntil: storedUntil,
            buckets: view.buckets
        )
        forgotten = portion.missing
        guard !portion.isNone else { return }
        let sums = try await CellStore(connection, task: view.task, buckets: view.buckets)
            .forgottenSums(
                slice: dictionary.slicesOfSet.isEmpty ? TaskDictionary.allSlices : nil,
                pairsOf: dictionary.versions(of: pairKeepers),
                starting: touched
            )
        for (chunk, sums) in sums {
            func sign(_ bucket: Int32) -> Int64 { portion.sign(ofChunk: chunk, bucket: bucket) }
            for (key, cell) in sums.cells { add(cell, to: key, sign: sign(key.bucket)) }
            for (key, cell) in sums.pairs { add(cell, to: key, sign: sign(key.bucket)) }
            for (bucket, count) in sums.contradictions {
                contradictions.add(count, sign: sign(bucket))
            }
        }
        cells = cells.filter { !$0.value.isZero }
        pairs = pairs.filter { !$0.value.isZero }
    }

    private mutating func add(_ cell: ModelCell, to key: CellKey, sign: Int64 = 1) {
        guard sign != 0 else { return }
        let isFine = key.slice == TaskDictionary.allSlices
        cells[key, default: ModelCell(layout: CellLayout(kind: kind), fine: isFine)]
            .add(cell, sign: sign)
    }

    private mutating func add(_ cell: PairCell, to key: PairCellKey, sign: Int64 = 1) {
        guard sign != 0 else { return }
        pairs[key, default: PairCell(layout: CellLayout(kind: kind))].add(cell, sign: sign)
    }
}
