import Evaluation
import Postgres
import Store

/// From when to when there are predictions: one rule for questions about the present and about the past.
extension TaskView {
    /// The interval of a question: what it does not say itself is told by the time buckets with predictions that
    /// stand, as known at its instant.
    ///
    /// `model` is the model that is asked about, if one is named: where there are no predictions, it may not have been
    /// known either, which is said first. So with `slice`.
    ///
    /// - Throws: `HarnessError.noPredictions` or `noPredictionsThen` where neither end is given, and there are none.
    func interval(
        _ window: Window,
        model: Name? = nil,
        slice: Slice? = nil,
        _ connection: PostgresConnection
    ) async throws -> Window {
        if window.from != nil, window.to != nil { return window }
        guard let extent = try await extent(in: window, connection) else {
            if let end = window.from ?? window.to { return Window(from: end, upTo: end) }
            try check(model: model, isSeen: false)
            try check(slice: slice, isSeen: false)
            throw noPredictions
        }
        return window.closed(
            by: Window(
                from: buckets.start(ofNumber: extent.lowerBound),
                upTo: buckets.end(ofNumber: extent.upperBound)
            )
        )
    }

    /// What there is to say where there are none.
    var noPredictions: HarnessError {
        asOf.map { .noPredictionsThen(task: task.name, asOf: $0) }
            ?? .noPredictions(task: task.name)
    }

    /// The first and the last time bucket with predictions of an interval that stand.
    func extent(
        in window: Window = .always,
        _ connection: PostgresConnection
    ) async throws -> ClosedRange<Int32>? {
        guard asOf != nil || cutsBucket(window) else {
            return try await CellStore(connection, task: task, buckets: buckets)
                .extent(starting: window)
        }
        // Only the ends are looked for, so that few partitions are read.
        let stretches = try await stretches(of: window, connection)
        var first: Int32?
        for stretch in stretches where first == nil {
            first = try await known(in: stretch, connection)?.lowerBound
        }
        guard let first else { return nil }
        for stretch in stretches.reversed() {
            if let last = try await known(in: stretch, connection)?.upperBound {
                return first...last
            }
        }
        return nil
    }

    private func known(
        in stretch: Window,
        _ connection: PostgresConnection
    ) async throws -> ClosedRange<Int32>? {
        let recomputed = try await RecomputedCells(
            connection,
            view: self,
            interval: stretch,
            slice: TaskDictionary.allSlices
        )
        // Where requests are missing there were some; the answer says so.
        let missing = recomputed.forgotten.map { buckets.number(of: $0.bucketStart) }
        let numbers = missing + recomputed.cells.filter { !$0.value.isZero }.map(\.key.bucket)
        guard let first = numbers.min(), let last = numbers.max() else { return nil }
        return first...last
    }

    /// The interval in pieces of about a partition each, which cut no time bucket that it does not cut.
    private func stretches(
        of window: Window,
        _ connection: PostgresConnection
    ) async throws -> [Window] {
        let parts = try await FactStore(connection, task: task).parts().keys.sorted()
        let inner = parts.map { buckets.start(of: Partition(number: $0).interval.lowerBound) }
            .filter { $0 > window.lowerBound && $0 < window.upperBound }
        let edges = [window.lowerBound] + inner + [window.upperBound]
        return zip(edges, edges.dropFirst()).map { Window(from: $0, upTo: $1) }
            .filter { !$0.isEmpty }
    }
}
