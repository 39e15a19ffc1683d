import Evaluation

/// Finds which new predictions of an id were told together, by models that differ: they become one row.
struct RowGrouping {
    /// The predictions of each row, in the order of the first prediction of each.
    let rows: [[Int]]

    /// What predictions of one row have in common.
    private struct Telling: Hashable {
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

    /// The rows of one telling, and how many of them each model is in: a model's next prediction goes to the row
    /// after those.
    private struct Group {
        var rows: [Int] = []
        var rowsOfModel: [Int32: Int] = [:]
    }

    /// * `first`: The first of the predictions that are new.
    init(_ history: PredictionHistory, from first: Int) {
        let new = history.predictions[first...]
        guard new.count > 1 else {
            rows = new.indices.map { [$0] }
            return
        }
        var rows: [[Int]] = []
        var groups: [Telling: Group] = [:]
        for index in new.indices {
            let prediction = new[index]
            let telling = Telling(prediction)
            var group = groups.removeValue(forKey: telling) ?? Group()
            let number = group.rowsOfModel[prediction.model, default: 0]
            group.rowsOfModel[prediction.model] = number + 1
            if number < group.rows.count {
                rows[group.rows[number]].append(index)
            } else {
                group.rows.append(rows.count)
                rows.append([index])
            }
            groups[telling] = group
        }
        self.rows = rows
    }
}
