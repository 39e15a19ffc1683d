/// The 128-bit key under which a prediction id of one task is stored.
///
/// Keys order as PostgreSQL orders `uuid`: as unsigned bytes, most significant first.
package struct PredictionKey: Hashable, Comparable, Sendable {
    package var high: UInt64
    package var low: UInt64

    package init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    package static func < (left: PredictionKey, right: PredictionKey) -> Bool {
        left.high != right.high ? left.high < right.high : left.low < right.low
    }
}
