/// A whole number times a power of two, of any size: what sums of doubles and of their squares are, exactly.
///
/// Every finite double is such a number, and sums, differences and products of such numbers are again. Adding
/// and taking back therefore leaves nothing, at any scale and in any order (rule T6), and differences of large
/// sums lose nothing: they are taken here, and only the result is rounded to a double.
package struct ExactNumber: Sendable {
    /// Two's complement, the least significant limb first, the sign in the last; none for 0.
    private(set) var limbs: [UInt64] = []
    /// The first limb counts multiples of 2^(64 · lowest).
    private(set) var lowest = 0

    package init() {}

    /// - Precondition: The value is finite.
    package init(_ value: Double) { add(value) }

    package init(_ count: Int) { self.init(units: Int128(count), exponent: 0) }

    /// A number of units of 2^exponent each.
    package init(units: Int128, exponent: Int) {
        self.init(
            magnitude: [
                UInt64(truncatingIfNeeded: units.magnitude),
                UInt64(truncatingIfNeeded: units.magnitude >> 64),
            ],
            exponent: exponent,
            isNegative: units < 0
        )
    }

    /// `magnitude` has limbs without a sign, the least significant first, in units of 2^exponent.
    init(magnitude: [UInt64], exponent: Int, isNegative: Bool) {
        let shift = UInt64(truncatingIfNeeded: exponent) & 63
        var limbs = [UInt64](repeating: 0, count: magnitude.count + 2)
        for (index, word) in magnitude.enumerated() {
            limbs[index] |= word << shift
            limbs[index + 1] = word >> (64 - shift)
        }
        self.limbs = limbs
        lowest = exponent >> 6
        if isNegative { self = -self }
    }

    package var isZero: Bool { limbs.allSatisfy { $0 == 0 } }

    package var isNegative: Bool { limbs.last.map { Int64(bitPattern: $0) < 0 } ?? false }

    // MARK: - Adding

    /// Adds a double with a `sign` of +1, takes it back with −1.
    @inline(__always)
    package mutating func add(_ value: Double, sign: Int64 = 1) {
        guard value != 0 else { return }
        let (significand, exponent) = Self.parts(value)
        add((significand, 0), exponent: exponent, isNegative: (value < 0) != (sign < 0))
    }

    /// Adds the square of a double, without rounding it.
    @inline(__always)
    package mutating func addSquare(of value: Double, sign: Int64 = 1) {
        guard value != 0 else { return }
        let (significand, exponent) = Self.parts(value)
        let square = significand.multipliedFullWidth(by: significand)
        add((square.low, square.high), exponent: 2 * exponent, isNegative: sign < 0)
    }

    package mutating func add(_ other: ExactNumber, sign: Int64 = 1) {
        guard !other.limbs.isEmpty else { return }
        cover(from: other.lowest, through: other.lowest + other.limbs.count)
        let isNegated = sign < 0
        var carry = isNegated
        var place = other.lowest - lowest
        for word in other.limbs {
            addWord(isNegated ? ~word : word, at: place, &carry)
            place += 1
        }
        carryOn(carry, from: place, isNegative: other.isNegative != isNegated)
    }

    /// The significand as a whole number and the exponent of its unit.
    @inline(__always)
    private static func parts(_ value: Double) -> (significand: UInt64, exponent: Int) {
        let biased = Int(value.exponentBitPattern)
        precondition(biased != 0x7FF, "Only finite numbers have a sum.")
        let fraction = value.significandBitPattern
        return biased == 0 ? (fraction, -1074) : (fraction | 1 << 52, biased - 1075)
    }

    @inline(__always)
    private mutating func add(
        _ magnitude: (low: UInt64, high: UInt64),
        exponent: Int,
        isNegative: Bool
    ) {
        let shift = UInt64(truncatingIfNeeded: exponent) & 63
        let index = exponent >> 6
        let first = magnitude.low << shift
        let second = (magnitude.high << shift) | (magnitude.low >> (64 - shift))
        let third = magnitude.high >> (64 - shift)
        cover(from: index, through: index + 3)
        let flip: UInt64 = isNegative ? .max : 0
        var carry = isNegative
        let place = index - lowest
        addWord(first ^ flip, at: place, &carry)
        addWord(second ^ flip, at: place + 1, &carry)
        addWord(third ^ flip, at: place + 2, &carry)
        carryOn(carry, from: place + 3, isNegative: isNegative)
    }

    @inline(__always)
    private mutating func addWord(_ word: UInt64, at place: Int, _ carry: inout Bool) {
        let (sum, overflow) = limbs[place].addingReportingOverflow(word)
        let (carried, second) = sum.addingReportingOverflow(carry ? 1 : 0)
        limbs[place] = carried
        carry = overflow || second
    }

    /// Adds the sign's limbs of a summand, which are all 0 or all ones, and the carry.
    @inline(__always)
    private mutating func carryOn(_ carry: Bool, from start: Int, isNegative: Bool) {
        var carry = carry
        var place = start
        while carry != isNegative, place < limbs.count {
            if isNegative {
                carry = limbs[place] != 0
                limbs[place] &-= 1
            } else {
                limbs[place] &+= 1
                carry = limbs[place] == 0
            }
            place += 1
        }
    }

    /// Widens the limbs to hold what lies below 2^(64 · last), with room for a carry in a limb above it.
    @inline(__always)
    private mutating func cover(from first: Int, through last: Int) {
        if limbs.isEmpty {
            limbs = Array(repeating: 0, count: last - first + 1)
            lowest = first
            return
        }
        let top = Int64(bitPattern: limbs[limbs.count - 1])
        if first >= lowest, last < lowest + limbs.count, top.magnitude < 1 << 62 { return }
        widen(first, last, isNegative: top < 0)
    }

    private mutating func widen(_ first: Int, _ last: Int, isNegative: Bool) {
        if first < lowest {
            limbs.insert(contentsOf: repeatElement(0, count: lowest - first), at: 0)
            lowest = first
        }
        // One more than asked for, so that the last limb is far from its limit.
        let missing = max(1, last - lowest + 1 - limbs.count)
        limbs.append(contentsOf: repeatElement(isNegative ? .max : 0, count: missing))
    }
}

extension ExactNumber: Equatable {
    /// Whether the numbers are the same, however they came about.
    package static func == (left: ExactNumber, right: ExactNumber) -> Bool {
        (left - right).isZero
    }
}
