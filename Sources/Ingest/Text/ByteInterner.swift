/// Numbers distinct texts, or combinations of texts, 0, 1, 2 … in the order in which they are first
/// seen.
struct ByteInterner: Sendable {
    private(set) var count = 0
    /// Open addressing: the number of an entry, or -1.
    private var slots = Array(repeating: Int32(-1), count: 64)
    private var entries: [Entry] = []
    /// The texts of all entries, each followed by `separator`.
    private var bytes: [UInt8] = []
    /// Differs from run to run, so that no file can be made whose texts all collide.
    private let seed = UInt64.random(in: .min ... .max)
    /// Not a byte of UTF-8.
    private static let separator: UInt8 = 0xFF

    private struct Entry: Sendable {
        let hash: UInt64
        let start: Int
        let end: Int
    }

    /// The number of the combination of texts that a row has in some columns, and whether it was given
    /// just now.
    ///
    /// A column that is `ColumnFinder.none`, or absent from the row, counts as an empty text.
    mutating func intern(
        _ text: borrowing Span<UInt8>,
        _ fields: borrowing Span<Field>,
        _ columns: some Collection<Int>
    ) -> (index: Int32, isNew: Bool) {
        let hash = hash(text, fields, columns)
        let slot = slot(of: text, fields, columns, hash: hash)
        if slots[slot] >= 0 { return (slots[slot], false) }
        let index = Int32(truncatingIfNeeded: count)
        slots[slot] = index
        let start = bytes.count
        for column in columns {
            let field = Self.field(column, fields)
            bytes.append(text, from: field.from, to: field.to)
            bytes.append(Self.separator)
        }
        entries.append(Entry(hash: hash, start: start, end: bytes.count))
        count += 1
        if count * 2 > slots.count { grow() }
        return (index, true)
    }

    /// The number of a text, and whether it was given just now.
    mutating func intern(_ text: [UInt8]) -> (index: Int32, isNew: Bool) {
        let fields = [Field(from: 0, to: text.count, kind: .text)]
        return intern(text.span, fields.span, CollectionOfOne(0))
    }

    /// The number of the combination of texts, if it has one.
    func find(
        _ text: borrowing Span<UInt8>,
        _ fields: borrowing Span<Field>,
        _ columns: some Collection<Int>
    ) -> Int32? {
        let hash = hash(text, fields, columns)
        let index = slots[slot(of: text, fields, columns, hash: hash)]
        return index >= 0 ? index : nil
    }

    mutating func removeAll() {
        guard count > 0 else { return }
        count = 0
        for slot in slots.indices { slots[slot] = -1 }
        entries.removeAll(keepingCapacity: true)
        bytes.removeAll(keepingCapacity: true)
    }

    private static func field(_ column: Int, _ fields: borrowing Span<Field>) -> Field {
        guard column >= 0, !fields[column].isAbsent else { return .missing }
        return fields[column]
    }

    /// The slot that has the combination, or the free one where it belongs.
    private func slot(
        of text: borrowing Span<UInt8>,
        _ fields: borrowing Span<Field>,
        _ columns: some Collection<Int>,
        hash: UInt64
    ) -> Int {
        var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
        while slots[slot] >= 0 {
            let entry = entries[Int(slots[slot])]
            if entry.hash == hash, isEqual(entry, text, fields, columns) { return slot }
            slot = (slot + 1) & (slots.count - 1)
        }
        return slot
    }

    private func isEqual(
        _ entry: Entry,
        _ text: borrowing Span<UInt8>,
        _ fields: borrowing Span<Field>,
        _ columns: some Collection<Int>
    ) -> Bool {
        var position = entry.start
        for column in columns {
            let field = Self.field(column, fields)
            guard position + field.count < entry.end,
                bytes[position + field.count] == Self.separator,
                bytes.matches(at: position, text, from: field.from, to: field.to)
            else { return false }
            position += field.count + 1
        }
        return position == entry.end
    }

    private func hash(
        _ text: borrowing Span<UInt8>,
        _ fields: borrowing Span<Field>,
        _ columns: some Collection<Int>
    ) -> UInt64 {
        var hash = seed
        for column in columns {
            let field = Self.field(column, fields)
            hash = Self.hash(text, field.from, field.to, start: hash)
        }
        return hash
    }

    /// Mixes eight bytes at a time.
    private static func hash(
        _ text: borrowing Span<UInt8>,
        _ start: Int,
        _ end: Int,
        start seed: UInt64
    ) -> UInt64 {
        unsafe text.extracting(start..<end).withUnsafeBytes { bytes in
            var hash = seed ^ UInt64(bytes.count)
            var position = 0
            while position + 8 <= bytes.count {
                let word = unsafe bytes.loadUnaligned(fromByteOffset: position, as: UInt64.self)
                hash = mixed(hash ^ word)
                position += 8
            }
            var rest: UInt64 = 0
            while position < bytes.count {
                rest = unsafe rest << 8 | UInt64(bytes[position])
                position += 1
            }
            return mixed(hash ^ rest)
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
