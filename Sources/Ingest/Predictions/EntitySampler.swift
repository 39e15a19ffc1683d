import Evaluation

/// Looks through the ids of predictions for prefixes that come back on other days, while no row names its entity.
///
/// An id costs a walk over its bytes; no row costs memory (`EntityPrefixes`).
struct EntitySampler: Sendable {
    private let buckets: TimeBuckets?
    private var prefixes = EntityPrefixes()
    private var ids = 0
    private var withPrefix = 0
    private var state = State.looking

    private enum State {
        case looking
        /// Enough was seen.
        case sure
        /// There is nothing to ask.
        case done
    }

    /// Ids that are looked at, at most.
    private static let mostIDs = 1 << 22
    /// After so many it is clear whether ids have prefixes.
    private static let firstIDs = 1 << 14

    init(_ task: PredictionTask) {
        buckets = try? task.timeBuckets()
    }

    mutating func add(_ batch: PredictionBatch) {
        guard state == .looking, let buckets else { return }
        if batch.namesEntities {
            state = .done
            return
        }
        for row in batch.rows {
            ids += 1
            add(row, batch.idBytes, buckets)
            if ids == Self.firstIDs, 2 * withPrefix < ids { state = .done }
            if ids == Self.mostIDs || prefixes.isFull { state = .sure }
            guard state == .looking else { return }
        }
    }

    private mutating func add(_ row: PredictionRow, _ bytes: [UInt8], _ buckets: TimeBuckets) {
        // The id of a UUID is its key.
        guard row.idCount > 0 else { return }
        let start = Int(row.idStart)
        guard let end = IDPrefix.end(bytes, from: start, to: start + Int(row.idCount)) else {
            return
        }
        withPrefix += 1
        let hash = ByteHash.mixed(bytes[start..<end])
        guard prefixes.holds(hash: hash) else { return }
        prefixes.add(hash: hash, day: buckets.localDay(of: row.predictedAt)) {
            String(decoding: bytes[start..<end], as: UTF8.self)
        }
    }

    /// What to ask of what was seen so far.
    var hint: EntityHint? {
        state == .done
            ? nil : prefixes.hint(withPrefix: withPrefix, of: ids, isWhole: state == .looking)
    }
}
