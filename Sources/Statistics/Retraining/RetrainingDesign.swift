/// Which columns a row has in a design, and what it is in them.
///
/// Columns are the intercept, the champion, and those of each feature, the features in the order of their names.
struct RetrainingDesign: Sendable, Hashable {
    let champion: ChampionScale
    let featureNames: [String]
    let features: [FeatureDesign]
    /// The first column of each feature.
    private let starts: [Int]
    let width: Int

    init(champion: ChampionScale, featureNames: [String], features: [FeatureDesign]) {
        self.champion = champion
        self.featureNames = featureNames
        self.features = features
        var width = 2
        var starts: [Int] = []
        for feature in features {
            starts.append(width)
            width += feature.width
        }
        self.starts = starts
        self.width = width
    }

    /// Calls with the columns in which a row is not 0, in ascending order, and what it is there.
    func forEachEntry(
        champion score: Double,
        feature: (Int) -> FeatureValue?,
        _ body: (Int, Double) -> Void
    ) {
        body(0, 1)
        body(1, champion.column(score))
        for index in features.indices {
            let start = starts[index]
            features[index].forEachEntry(of: feature(index)) { body(start + $0, $1) }
        }
    }

    /// The rows of a training window under this design.
    func rows(_ window: RetrainingRows) -> SparseRows {
        var rows = SparseRows(width: width)
        for row in 0..<window.count {
            forEachEntry(
                champion: window.scores[row],
                feature: { window.features[$0].values[row] },
                { rows.append(column: $0, $1) }
            )
            rows.endRow()
        }
        return rows
    }
}
