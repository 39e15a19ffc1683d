/// Numbers distinct byte strings 0, 1, 2 … in the order in which they are first seen.
struct ByteInterner: Sendable {
    private(set) var count = 0
    private var slots: [Int32]
    private var hashes: [UInt64] = []
    private var ends: [Int] = []
    private var bytes: [UInt8] = []
    /// Differs from run to run, so that no file can be made whose strings all collide.
    private let seed = UInt64.random(in: .min ... .max)

    init() {
        slots = Array(repeating: -1, count: 64)
    }

    /// The number of the bytes from `start` up to `end`, and whether it was given just now.
    mutating func intern(
        _ text: borrowing Span<UInt8>,
        from start: Int,
        to end: Int
    ) -> (index: Int32, isNew: Bool) {
        let hash = hash(text, start, end)
        var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
        while slots[slot] >= 0 {
            let index = slots[slot]
            if hashes[Int(index)] == hash, isEqual(index, text, start, end) {
                return (index, false)
            }
            slot = (slot + 1) & (slots.count - 1)
        }
        let index = Int32(count)
        slots[slot] = index
        hashes.append(hash)
        for position in start..<end { bytes.append(text[position]) }
        ends.append(bytes.count)
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
        let hash = hash(text, start, end)
        var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
        while slots[slot] >= 0 {
            let index = slots[slot]
            if hashes[Int(index)] == hash, isEqual(index, text, start, end) { return index }
            slot = (slot + 1) & (slots.count - 1)
        }
        return nil
    }

    mutating func removeAll() {
        guard count > 0 else { return }
        count = 0
        slots = Array(repeating: -1, count: 64)
        hashes.removeAll(keepingCapacity: true)
        ends.removeAll(keepingCapacity: true)
        bytes.removeAll(keepingCapacity: true)
    }

    private func isEqual(
        _ index: Int32,
        _ text: borrowing Span<UInt8>,
        _ start: Int,
        _ end: Int
    ) -> Bool {
        let from = index == 0 ? 0 : ends[Int(index) - 1]
        guard ends[Int(index)] - from == end - start else { return false }
        for offset in 0..<end - start where bytes[from + offset] != text[start + offset] {
            return false
        }
        return true
    }

    private func hash(_ text: borrowing Span<UInt8>, _ start: Int, _ end: Int) -> UInt64 {
        var hash = seed ^ UInt64(end - start)
        for position in start..<end {
            hash = (hash ^ UInt64(text[position])) &* 0x9E37_79B9_7F4A_7C15
            hash ^= hash >> 29
        }
        return hash ^ hash >> 32
    }

    private mutating func grow() {
        slots = Array(repeating: -1, count: slots.count * 2)
        for index in 0..<count {
            var slot = Int(truncatingIfNeeded: hashes[index]) & (slots.count - 1)
            while slots[slot] >= 0 { slot = (slot + 1) & (slots.count - 1) }
            slots[slot] = Int32(index)
        }
    }
}
