import Statistics

/// 128 bits that tell what a fit rests on from anything else that it could rest on.
///
/// A mark is no digest against somebody who looks for a collision: numbers of the ledger go in, which nobody chooses.
package struct RefitMark: Hashable, Sendable {
    package private(set) var high: UInt64
    package private(set) var low: UInt64

    package init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    init() {
        self.init(high: 0x243F_6A88_85A3_08D3, low: 0x1319_8A2E_0370_7344)
    }

    mutating func add(_ number: Int64) {
        let bits = UInt64(bitPattern: number)
        high = SplitMix64.mix(high ^ SplitMix64.mix(bits &+ low))
        low = SplitMix64.mix(low &+ bits) ^ high
    }

    mutating func add(_ other: RefitMark) {
        add(Int64(bitPattern: other.high))
        add(Int64(bitPattern: other.low))
    }
}
