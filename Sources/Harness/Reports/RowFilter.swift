import Evaluation
import Store

/// Tells the rows that are asked for from others, and names what they carry as numbers.
struct RowFilter {
    private let interval: Window
    private let slice: Int32
    private let dictionary: TaskDictionary
    private let sliceKeys: [Name]
    private let versions: Set<Int32>

    /// The model sets that have a version that is asked for.
    let modelSets: [Int32]
    /// The slice sets of the slice that is asked for; `nil` for all.
    let sliceSets: [Int32]?

    init(_ query: RowQuery, view: TaskView, slice: Int32) {
        let dictionary = view.dictionary
        let versions = Set(
            dictionary.versions.filter { query.model == nil || $0.value.modelName == query.model }
                .keys
        )
        interval = query.window
        self.slice = slice
        self.dictionary = dictionary
        sliceKeys = view.task.sliceKeys
        self.versions = versions
        modelSets = dictionary.modelSets.filter { !versions.isDisjoint(with: $0.value) }.keys
            .sorted()
        sliceSets =
            slice == TaskDictionary.allSlices
            ? nil : dictionary.slicesOfSet.filter { $0.value.contains(slice) }.keys.sorted()
    }

    func wanted(_ rows: [StandingPrediction], key: PredictionKey) -> [FoundRow] {
        rows.filter { row in
            interval.contains(row.prediction.predictedAt)
                && versions.contains(row.prediction.modelVersion)
                && (slice == TaskDictionary.allSlices
                    || dictionary.slicesOfSet[row.prediction.sliceSet]?.contains(slice) == true)
        }.map { row in
            FoundRow(
                place: RowPlace(
                    place: PredictionPlace(predictedAt: row.prediction.predictedAt, key: key),
                    model: dictionary.versions[row.prediction.modelVersion]?.modelName ?? ""
                ),
                row: row
            )
        }
    }

    func shown(_ found: FoundRow, id: String) -> RowPage.Row {
        RowPage.Row(
            predictionID: id,
            model: found.place.model,
            version: dictionary.versions[found.row.prediction.modelVersion]?.version ?? "",
            slices: dictionary.slices(ofSet: found.row.prediction.sliceSet, keys: sliceKeys),
            row: found.row
        )
    }
}

extension TaskDictionary {
    /// The slices of a row by name, in the order of the task's slice keys.
    func slices(ofSet set: Int32, keys: [Name]) -> [Slice] {
        zip(keys, sliceSets[set] ?? []).filter { !$0.1.isEmpty }.map {
            Slice(key: $0.0, value: $0.1)
        }
    }
}
