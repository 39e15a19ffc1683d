import Evaluation
import Store

/// Walks through everything that is known of every prediction id of a task, in bounded memory.
struct FactScan: Sendable {
    let facts: FactStore
    let task: PredictionTask
    let dictionary: TaskDictionary

    /// Rows that are held in memory at once.
    static let slabRows: Int64 = 500_000

    /// Gives `body` the history of one prediction id at a time.
    ///
    /// Rows that became known after `asOf` are left out. Only partitions that may hold predictions of `interval` are
    /// read.
    func run(
        asOf: Instant = .distantFuture,
        interval: Window = .always,
        _ body: (borrowing PredictionHistory) throws -> Void
    ) async throws {
        try await runWithKeys(asOf: asOf, interval: interval) { try body($1) }
    }

    /// The same, with the key of each prediction id.
    ///
    /// `unpredicted` is told of keys with labels whose predictions became known later, with a partition of theirs.
    func runWithKeys(
        asOf: Instant,
        interval: Window = .always,
        unpredicted: (PredictionKey, Int32) -> Void = { _, _ in },
        _ body: (PredictionKey, borrowing PredictionHistory) throws -> Void
    ) async throws {
        let scattered = try await facts.scatteredKeys()
        let elsewhere = Set(scattered)
        let sets = Array(dictionary.modelSets.keys)
        let partRows = try await facts.parts()
        let parts = partRows.keys.sorted().filter { Self.touches($0, interval, task) }
        for part in parts {
            for keys in Self.slabs(rows: partRows[part] ?? 0) {
                let slab = try await facts.scan(part: part, sets: sets, keys: keys, asOf: asOf)
                try walk(slab, leavingOut: elsewhere, unpredicted, body)
            }
        }
        guard !scattered.isEmpty else { return }
        var rest = try await facts.load(
            scattered.map { ($0, FactStore.anyPart) },
            parts: Array(partRows.keys),
            includingOrphans: false
        )
        rest.predictions.removeAll { $0.knownAt > asOf }
        rest.labels.removeAll { $0.revision.knownAt > asOf }
        try walk(rest, leavingOut: [], unpredicted, body)
    }

    /// Whether a partition may hold predictions of an interval.
    static func touches(
        _ part: Int32,
        _ interval: Window,
        _ task: PredictionTask
    ) -> Bool {
        func number(_ instant: Instant) -> Int32 {
            if instant == .distantPast { return .min }
            if instant == .distantFuture { return .max }
            return Partition(of: instant, days: task.partitionDays).number
        }
        return part >= number(interval.lowerBound) && part <= number(interval.upperBound)
    }

    private func walk(
        _ slab: Facts,
        leavingOut: Set<PredictionKey>,
        _ unpredicted: (PredictionKey, Int32) -> Void,
        _ body: (PredictionKey, borrowing PredictionHistory) throws -> Void
    ) throws {
        var cursor = FactCursor(slab, task: task, dictionary: dictionary)
        var history = PredictionHistory(scoresPerPrediction: task.scoresPerPrediction)
        while let key = cursor.nextKey {
            history.removeAll()
            let rows = cursor.take(key, into: &history)
            if !leavingOut.isEmpty, leavingOut.contains(key) { continue }
            if !history.predictions.isEmpty {
                try body(key, history)
            } else if let label = rows.labels.first, let part = slab.labels[label].part {
                unpredicted(key, part)
            }
        }
    }

    /// Ranges of keys with about `slabRows` rows each; keys are spread evenly, or nearly so.
    private static func slabs(rows: Int64) -> [ClosedRange<UInt64>] {
        let count = UInt64(max(1, (rows + slabRows - 1) / slabRows))
        let step = UInt64.max / count
        return (0..<count).map { index in
            index * step...(index == count - 1 ? UInt64.max : (index + 1) * step - 1)
        }
    }
}
