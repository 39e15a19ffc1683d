#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

extension [UInt8] {
    /// Appends the part of a span from `start` up to `end`.
    mutating func append(_ bytes: borrowing Span<UInt8>, from start: Int, to end: Int) {
        unsafe bytes.extracting(start..<end).withUnsafeBufferPointer { part in
            unsafe append(contentsOf: part)
        }
    }

    /// Overwrites bytes from `position` on with a part of another array.
    mutating func overwrite(at position: Int, with source: [UInt8], _ range: Range<Int>) {
        unsafe withUnsafeMutableBytes { target in
            unsafe source.withUnsafeBytes { source in
                let part = unsafe UnsafeRawBufferPointer(rebasing: source[range])
                let room = position..<position + range.count
                unsafe UnsafeMutableRawBufferPointer(rebasing: target[room]).copyMemory(from: part)
            }
        }
    }

    /// Moves a part of the bytes to the front.
    mutating func moveToFront(_ range: Range<Int>) {
        unsafe withUnsafeMutableBytes { bytes in
            let part = unsafe UnsafeRawBufferPointer(rebasing: bytes[range])
            unsafe bytes.copyMemory(from: part)
        }
    }

    /// Whether the part of a span from `start` up to `end` has the bytes from `position` on.
    func matches(
        at position: Int,
        _ bytes: borrowing Span<UInt8>,
        from start: Int,
        to end: Int
    ) -> Bool {
        guard position + (end - start) <= count else { return false }
        return unsafe withUnsafeBytes { own in
            unsafe bytes.extracting(start..<end).withUnsafeBytes { other in
                guard let first = own.baseAddress, let second = other.baseAddress else {
                    return true
                }
                return unsafe memcmp(first + position, second, other.count) == 0
            }
        }
    }

    /// Overwrites bytes from `position` on with the part of a span from `start` up to `end`.
    mutating func overwrite(
        at position: Int,
        with source: borrowing Span<UInt8>,
        from start: Int,
        to end: Int
    ) {
        unsafe withUnsafeMutableBytes { target in
            unsafe source.extracting(start..<end).withUnsafeBytes { source in
                let room = position..<position + source.count
                unsafe UnsafeMutableRawBufferPointer(rebasing: target[room])
                    .copyMemory(from: source)
            }
        }
    }

    /// Whether there is such a byte among the first `end` bytes.
    func contains(_ byte: UInt8, before end: Int) -> Bool {
        unsafe withUnsafeBytes { own in
            guard let first = own.baseAddress else { return false }
            return unsafe memchr(first, Int32(byte), Swift.min(end, own.count)) != nil
        }
    }
}
