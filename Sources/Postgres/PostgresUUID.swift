/// The 128 bits of a `uuid`, ordered as PostgreSQL orders them: unsigned, most significant first.
package struct PostgresUUID: Hashable, Comparable, Sendable {
    package var high: UInt64
    package var low: UInt64

    package init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    package static func < (left: PostgresUUID, right: PostgresUUID) -> Bool {
        left.high != right.high ? left.high < right.high : left.low < right.low
    }
}
