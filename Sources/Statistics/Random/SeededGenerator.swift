import RealModule

/// A random number generator with a seed: the same seed gives the same bits on every machine.
///
/// For simulations and resampling, not for secrets.
///
/// ## Source
///
/// xoshiro256** 1.0, Blackman, D. and Vigna, S. (2021). Scrambled linear pseudorandom number
/// generators. *ACM Transactions on Mathematical Software*, 47(4), 36; its state filled by SplitMix64
/// (Steele, Lea and Flood, 2014) as the authors recommend.
public struct SeededGenerator: RandomNumberGenerator, Sendable {
    private var state: (UInt64, UInt64, UInt64, UInt64)

    /// Starts a stream from a seed.
    ///
    /// - Parameter seed: Any number; different seeds give unrelated streams.
    public init(seed: UInt64) {
        var mixer = SplitMix64(state: seed)
        state = (mixer.next(), mixer.next(), mixer.next(), mixer.next())
    }

    /// The next 64 random bits.
    ///
    /// - Returns: A number uniform over all of `UInt64`.
    public mutating func next() -> UInt64 {
        let product = state.1 &* 5
        let result = ((product << 7) | (product >> 57)) &* 9
        let shifted = state.1 << 17
        state.2 ^= state.0
        state.3 ^= state.1
        state.1 ^= state.2
        state.0 ^= state.3
        state.2 ^= shifted
        state.3 = (state.3 << 45) | (state.3 >> 19)
        return result
    }

    /// The next number uniform on [0, 1), with 53 random bits.
    ///
    /// - Returns: A multiple of 2⁻⁵³.
    public mutating func nextUniform() -> Double {
        Double(next() >> 11) * 0x1p-53
    }

    /// The next standard normal number, by inversion.
    ///
    /// - Returns: A number within ±8.3.
    public mutating func nextNormal() -> Double {
        let u = (Double(next() >> 11) + 0.5) * 0x1p-53
        return Normal.uncheckedQuantile(u)
    }
}
