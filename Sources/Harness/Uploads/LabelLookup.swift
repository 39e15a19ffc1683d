import Evaluation
import Ingest
import Store

/// Finds the predictions that labels answer.
///
/// A label is first looked for where its prediction should be: in the partition of its hint, or in those
/// within the horizon before it was observed. What is not found there is looked for everywhere else, as is a
/// key that is known to have predictions in several partitions (rule T3: years after is allowed, only dearer).
struct LabelLookup: Sendable {
    let facts: FactStore
    let task: PredictionTask
    let parts: [Int32]
    let scattered: Set<PredictionKey>

    func load(_ batch: LabelBatch, _ order: [Int32]) async throws -> Facts {
        var likely: [(key: PredictionKey, part: Int32)] = []
        var everywhere: [PredictionKey] = []
        var tried: [PredictionKey: Set<Int32>] = [:]
        let known = Set(parts)
        var likelyParts: Set<Int32> = []
        for position in order {
            let row = batch.rows[Int(position)]
            if scattered.contains(row.key) {
                if everywhere.last != row.key { everywhere.append(row.key) }
                continue
            }
            for part in candidates(row, known)
            where tried[row.key, default: []].insert(part).inserted {
                likely.append((row.key, part))
                likelyParts.insert(part)
            }
        }
        var found = try await facts.load(
            likely,
            parts: Array(likelyParts),
            includingOrphans: false
        )
        // Labels of an id lie together, also where its predictions were withdrawn.
        let matched = Set(found.predictions.map(\.key) + found.labels.map(\.key))
        for position in order {
            let key = batch.rows[Int(position)].key
            if matched.contains(key) || scattered.contains(key) { continue }
            if everywhere.last != key { everywhere.append(key) }
        }
        let rest = try await facts.load(
            everywhere.map { ($0, FactStore.anyPart) },
            parts: parts,
            includingOrphans: true
        )
        found.append(rest)
        found.sort()
        return found
    }

    private func candidates(_ row: LabelRow, _ known: Set<Int32>) -> [Int32] {
        if row.predictedAt != .distantPast {
            let part = Partition(of: row.predictedAt, days: task.partitionDays).number
            return known.contains(part) ? [part] : []
        }
        let width = Int64(task.partitionDays.rawValue) * 86_400
        var candidates: [Int32] = []
        var instant = row.observedAt
        let earliest = row.observedAt.advanced(bySeconds: -task.horizonSeconds - width)
        while instant > earliest {
            let part = Partition(of: instant, days: task.partitionDays).number
            if known.contains(part) { candidates.append(part) }
            instant = instant.advanced(bySeconds: -width)
        }
        return candidates
    }
}

extension Facts {
    fileprivate mutating func append(_ other: Facts) {
        let base = scores.count
        scores += other.scores
        for var row in other.predictions {
            row.scoreStart += base
            predictions.append(row)
        }
        labels += other.labels
    }
}
