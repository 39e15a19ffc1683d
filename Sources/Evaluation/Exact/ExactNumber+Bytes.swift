/// The one form of a number, whatever additions led to it: an odd whole number times a power of two.
extension ExactNumber {
    /// The limbs of the odd number without its sign, none for 0, and the exponent.
    private var canonical: (limbs: [UInt64], exponent: Int) {
        let magnitude = magnitude
        guard let first = magnitude.firstIndex(where: { $0 != 0 }),
            let last = magnitude.lastIndex(where: { $0 != 0 })
        else { return ([], 0) }
        let shift = UInt64(magnitude[first].trailingZeroBitCount)
        var limbs = Array(magnitude[first...last])
        for index in limbs.indices {
            let above = index + 1 < limbs.count ? limbs[index + 1] : 0
            limbs[index] = limbs[index] >> shift | above << (64 - shift)
        }
        if limbs.last == 0 { limbs.removeLast() }
        return (limbs, 64 * (lowest + first) + Int(shift))
    }

    /// The exponent, and the odd number as groups of 7 bits, the lowest first; the lowest bit is the sign.
    var sevenBitGroups: (groups: [UInt8], exponent: Int) {
        let (limbs, exponent) = canonical
        var carry: UInt64 = isNegative ? 1 : 0
        var words: [UInt64] = []
        for limb in limbs {
            words.append(limb << 1 | carry)
            carry = limb >> 63
        }
        words.append(carry)
        while words.count > 1, words.last == 0 { words.removeLast() }
        let bits = 64 * words.count - words[words.count - 1].leadingZeroBitCount
        let groups = stride(from: 0, to: max(1, bits), by: 7).map { bit -> UInt8 in
            let (index, shift) = (bit / 64, UInt64(bit % 64))
            let above = index + 1 < words.count ? words[index + 1] << (64 - shift) : 0
            return UInt8((words[index] >> shift | above) & 0x7F)
        }
        return (groups, exponent)
    }

    init(sevenBitGroups groups: [UInt8], exponent: Int) {
        var words = [UInt64](repeating: 0, count: groups.count * 7 / 64 + 2)
        for (place, group) in groups.enumerated() {
            let (index, shift) = (place * 7 / 64, UInt64(place * 7 % 64))
            words[index] |= UInt64(group) << shift
            words[index + 1] |= UInt64(group) >> (64 - shift)
        }
        let isNegative = words[0] & 1 == 1
        for index in words.indices {
            let above = index + 1 < words.count ? words[index + 1] : 0
            words[index] = words[index] >> 1 | above << 63
        }
        self.init(magnitude: words, exponent: exponent, isNegative: isNegative)
    }
}
