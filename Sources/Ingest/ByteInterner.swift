/// Numbers distinct byte strings 0, 1, 2 … in the order in which they are first seen.
struct ByteInterner: Sendable {
    private(set) var count = 0
    /// Open addressing: the number of an entry, or -1.
    private var slots = Array(repeating: Int32(-1), count: Self.smallestTable)
    private var entries: [Entry] = []
    private var bytes: [UInt8] = []
    /// Differs from run to run, so that no file can be made whose strings all collide.
    private let seed = UInt64.random(in: .min ... .max)
    private static let smallestTable = 64

    private struct Entry: Sendable {
        let hash: UInt64
        let start: Int
        let end: Int
    }

    /// The number of the bytes from `start` up to `end`, and whether it was given just now.
    mutating func intern(
        _ text: borrowing Span<UInt8>,
        from start: Int,
        to end: Int
    ) -> (index: Int32, isNew: Bool) {
        let hash = hash(text, start, end)
        let slot = slot(of: text, start, end, hash: hash)
        if slots[slot] >= 0 { return (slots[slot], false) }
        let index = Int32(truncatingIfNeeded: count)
        slots[slot] = index
        let first = bytes.count
        bytes.append(text, from: start, to: end)
        entries.append(Entry(hash: hash, start: first, end: bytes.count))
        count += 1
        if count * 2 > slots.count { grow() }
        return (index, true)
    }

    /// The number of a text.
    mutating func intern(_ text: String) -> Int32 {
        let bytes = Array(text.utf8)
        return intern(bytes.span, from: 0, to: bytes.count).index
    }

    /// The number of the bytes from `start` up to `end`, if they have one.
    func find(_ text: borrowing Span<UInt8>, from start: Int, to end: Int) -> Int32? {
        let index = slots[slot(of: text, start, end, hash: hash(text, start, end))]
        return index >= 0 ? index : nil
    }

    mutating func removeAll() {
        guard count > 0 else { return }
        count = 0
        for slot in slots.indices { slots[slot] = -1 }
        entries.removeAll(keepingCapacity: true)
        bytes.removeAll(keepingCapacity: true)
    }

    /// The slot that has the bytes, or the free one where they belong.
    private func slot(
        of text: borrowing Span<UInt8>,
        _ start: Int,
        _ end: Int,
        hash: UInt64
    ) -> Int {
        var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
        while slots[slot] >= 0 {
            let entry = entries[Int(slots[slot])]
            if entry.hash == hash, entry.end - entry.start == end - start,
                bytes.matches(at: entry.start, text, from: start, to: end)
            {
                return slot
            }
            slot = (slot + 1) & (slots.count - 1)
        }
        return slot
    }

    /// Mixes eight bytes at a time.
    private func hash(_ text: borrowing Span<UInt8>, _ start: Int, _ end: Int) -> UInt64 {
        unsafe text.extracting(start..<end).withUnsafeBytes { bytes in
            var hash = seed ^ UInt64(bytes.count)
            var position = 0
            while position + 8 <= bytes.count {
                let word = unsafe bytes.loadUnaligned(fromByteOffset: position, as: UInt64.self)
                hash = Self.mixed(hash ^ word)
                position += 8
            }
            var rest: UInt64 = 0
            while position < bytes.count {
                rest = unsafe rest << 8 | UInt64(bytes[position])
                position += 1
            }
            return Self.mixed(hash ^ rest)
        }
    }

    /// The two halves of a product with an odd constant, folded into one.
    private static func mixed(_ word: UInt64) -> UInt64 {
        let product = word.multipliedFullWidth(by: 0x9E37_79B9_7F4A_7C15)
        return product.high ^ product.low
    }

    private mutating func grow() {
        slots = Array(repeating: -1, count: slots.count * 2)
        for (index, entry) in entries.enumerated() {
            var slot = Int(truncatingIfNeeded: entry.hash) & (slots.count - 1)
            while slots[slot] >= 0 { slot = (slot + 1) & (slots.count - 1) }
            slots[slot] = Int32(truncatingIfNeeded: index)
        }
    }
}
