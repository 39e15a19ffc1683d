import Evaluation

/// Finds which new predictions of an id were told together, by models that differ: they become one row.
struct RowGrouping {
    /// The predictions of each row, in the order of the first prediction of each.
    let rows: [[Int]]

    /// What predictions of one row have in common.
    private struct Circumstances: Hashable {
        var predictedAt: Instant
        var knownAt: Instant
        var sliceSet: Int32
        var details: [UInt8]

        init(_ prediction: StoredPrediction) {
            predictedAt = prediction.predictedAt
            knownAt = prediction.knownAt
            sliceSet = prediction.sliceSet
            details = Array(prediction.details.utf8)
        }
    }

    /// `first` is the first of the predictions that are new.
    init(_ history: PredictionHistory, from first: Int) {
        let new = history.predictions[first...]
        guard new.count > 1 else {
            rows = new.indices.map { [$0] }
            return
        }
        var rows: [[Int]] = []
        var groups: [Circumstances: [Int]] = [:]
        // The predictions of a model go to rows in the order in which they were told.
        var lastRow: [Int32: Int] = [:]
        for index in new.indices {
            let prediction = new[index]
            let group = Circumstances(prediction)
            let earliest = lastRow[prediction.model].map { $0 + 1 } ?? 0
            let place = groups[group]?.firstPlace(notBelow: earliest)
            let row = place ?? rows.count
            if place == nil {
                rows.append([])
                groups[group, default: []].append(row)
            }
            rows[row].append(index)
            lastRow[prediction.model] = row
        }
        self.rows = rows
    }
}

extension [Int] {
    /// The first of ascending numbers that is not below another.
    fileprivate func firstPlace(notBelow least: Int) -> Int? {
        var (low, high) = (startIndex, endIndex)
        while low < high {
            let middle = (low + high) / 2
            if self[middle] < least { low = middle + 1 } else { high = middle }
        }
        return low < endIndex ? self[low] : nil
    }
}
