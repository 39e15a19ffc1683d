import Statistics

/// FNV-1a: a hash that depends on bytes alone, for ever and on every machine.
package enum ByteHash {
    /// The hash; its high bits barely know the last bytes.
    package static func of(_ bytes: ArraySlice<UInt8>) -> UInt64 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
        return hash
    }

    /// The hash, any bits of which are as good as others.
    package static func mixed(_ bytes: ArraySlice<UInt8>) -> UInt64 { SplitMix64.mix(of(bytes)) }
}
