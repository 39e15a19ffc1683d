import Evaluation

/// Which keys an upload may have written already: a Bloom filter of fixed size.
///
/// A key that it does not know is new for certain, and needs no look-up; one that it knows is looked up. All
/// bits of a key lie in one cache line.
struct SeenKeys {
    private var words: [UInt64]

    /// 16 MiB, in lines of 512 bits: with 10 million keys about one new key in a hundred is looked up in vain.
    private static let lineCount: UInt64 = 1 << 18
    private static let wordsPerLine = 8

    init() {
        words = Array(repeating: 0, count: Int(Self.lineCount) * Self.wordsPerLine)
    }

    /// - Returns: Whether the key may have been inserted before.
    mutating func insert(_ key: PredictionKey) -> Bool {
        // Callers' UUIDs may share their leading bits, so the halves are mixed first.
        var mixed = (key.high ^ (key.low >> 29)) &* 0x9E37_79B9_7F4A_7C15
        mixed = (mixed ^ (mixed >> 32) ^ key.low) &* 0xC2B2_AE3D_27D4_EB4F
        mixed ^= mixed >> 29
        let line = Int(mixed & (Self.lineCount - 1)) * Self.wordsPerLine
        var mayBeKnown = true
        for shift in [UInt64(18), 27, 36, 45] {
            let bit = (mixed >> shift) & 511
            let word = line + Int(bit >> 6)
            let mask: UInt64 = 1 << (bit & 63)
            if words[word] & mask == 0 {
                mayBeKnown = false
                words[word] |= mask
            }
        }
        return mayBeKnown
    }
}
