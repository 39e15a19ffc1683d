/// Checks and cuts of UTF-8 text.
enum UTF8Text {
    /// The position of the first byte that is not part of well-formed UTF-8, or nil.
    static func firstInvalid(
        _ bytes: borrowing Span<UInt8>,
        from start: Int,
        to end: Int
    ) -> Int? {
        var position = start
        while position < end {
            let lead = bytes[position]
            if lead < 0x80 {
                position += 1
                continue
            }
            let length: Int
            // The second byte is bounded more narrowly after four lead bytes: no overlong forms, no
            // surrogates, nothing above U+10FFFF.
            var low: UInt8 = 0x80
            var high: UInt8 = 0xBF
            switch lead {
            case 0xC2...0xDF: length = 2
            case 0xE0: (length, low) = (3, 0xA0)
            case 0xED: (length, high) = (3, 0x9F)
            case 0xE1...0xEF: length = 3
            case 0xF0: (length, low) = (4, 0x90)
            case 0xF1...0xF3: length = 4
            case 0xF4: (length, high) = (4, 0x8F)
            default: return position
            }
            guard position + length <= end, bytes[position + 1] >= low, bytes[position + 1] <= high
            else { return position }
            for offset in 2..<max(2, length) where bytes[position + offset] & 0xC0 != 0x80 {
                return position
            }
            position += length
        }
        return nil
    }

    /// The bytes as text, cut to at most `limit` bytes between characters; what is invalid shows as �.
    static func text(
        _ bytes: borrowing Span<UInt8>,
        from start: Int,
        to end: Int,
        limit: Int = .max
    ) -> String {
        var cut = end
        if end - start > limit {
            cut = start + limit
            while cut > start, bytes[cut] & 0xC0 == 0x80 { cut -= 1 }
        }
        var copy: [UInt8] = []
        copy.reserveCapacity(cut - start)
        for index in start..<cut { copy.append(bytes[index]) }
        return String(decoding: copy, as: UTF8.self)
    }
}
