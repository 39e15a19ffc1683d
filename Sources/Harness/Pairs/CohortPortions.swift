import Evaluation
import Store

/// Cohorts that are built together: those of neighbouring time buckets in one table partition, so that a portion
/// reads few rows of others.
struct CohortPortions {
    /// Time buckets whose cohorts are in memory at once.
    private static let bucketsAtOnce = 64

    /// In event order.
    let portions: [Set<CohortKey>]

    init(_ cohorts: Set<CohortKey>, task: PredictionTask, buckets: TimeBuckets) {
        var portions: [Set<CohortKey>] = []
        var part: Int32?
        var bucketCount = 0
        let byBucket = Dictionary(grouping: cohorts, by: \.bucket)
        for (number, keys) in byBucket.sorted(by: { $0.key < $1.key }) {
            let own = Partition(
                of: buckets.start(ofNumber: number),
                days: task.partitionDays
            ).number
            if own != part || bucketCount >= Self.bucketsAtOnce {
                portions.append([])
                part = own
                bucketCount = 0
            }
            portions[portions.count - 1].formUnion(keys)
            bucketCount += 1
        }
        self.portions = portions
    }
}
