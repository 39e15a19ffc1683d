/// Integers in numbered slots, most of which are 0.
///
/// Small histograms keep what was added as a list and sum it up now and then; large ones become dense. Two
/// are equal if their slots are.
package struct SparseHistogram: Sendable, Equatable {
    package let slotCount: Int
    /// The table that says what the slots are.
    let edges: HistogramEdges
    private var slots: [Int32] = []
    private var values: [Int64] = []
    /// Whether the list goes up from slot to slot, as cells are read.
    private var isAscending = true
    /// How long the list may grow before it is summed up.
    private var listLimit = 32
    /// Empty while the list is in use.
    private var dense: [Int64] = []

    package init(slotCount: Int, edges: HistogramEdges = .scores) {
        self.slotCount = slotCount
        self.edges = edges
    }

    /// Makes room for the entries that are about to be added.
    mutating func reserveCapacity(_ count: Int) {
        guard slots.isEmpty, dense.isEmpty else { return }
        slots.reserveCapacity(count)
        values.reserveCapacity(count)
    }

    package mutating func add(_ value: Int64, at slot: Int) {
        guard dense.isEmpty else {
            dense[slot] += value
            return
        }
        if let last = slots.last, Int(last) >= slot { isAscending = false }
        slots.append(Int32(slot))
        values.append(value)
        if slots.count >= listLimit { compact() }
    }

    /// Adds another histogram with a `sign` of +1, takes it back with −1.
    package mutating func add(_ other: SparseHistogram, sign: Int64 = 1) {
        if slots.isEmpty, dense.isEmpty, sign == 1, slotCount == other.slotCount {
            (slots, values, isAscending) = (other.slots, other.values, other.isAscending)
            (listLimit, dense) = (other.listLimit, other.dense)
            return
        }
        other.forEach { slot, value in add(sign * value, at: slot) }
    }

    /// Every slot, zeros included.
    package var denseValues: [Int64] {
        guard dense.isEmpty else { return dense }
        var all = [Int64](repeating: 0, count: slotCount)
        for (slot, value) in zip(slots, values) { all[Int(slot)] += value }
        return all
    }

    /// The slots that are not 0, in ascending order.
    package var entries: [(slot: Int, value: Int64)] {
        guard isAscending else {
            var copy = self
            copy.compact()
            return copy.entries
        }
        var entries: [(slot: Int, value: Int64)] = []
        entries.reserveCapacity(slots.count)
        forEach { slot, value in if value != 0 { entries.append((slot, value)) } }
        return entries
    }

    package var isZero: Bool {
        dense.isEmpty ? entries.isEmpty : dense.allSatisfy { $0 == 0 }
    }

    package static func == (left: SparseHistogram, right: SparseHistogram) -> Bool {
        guard left.slotCount == right.slotCount else { return false }
        return left.entries.elementsEqual(right.entries) { $0 == $1 }
    }

    private func forEach(_ body: (Int, Int64) -> Void) {
        if dense.isEmpty {
            for (slot, value) in zip(slots, values) { body(Int(slot), value) }
        } else {
            for (slot, value) in dense.enumerated() where value != 0 { body(slot, value) }
        }
    }

    /// Sums up equal slots of the list, and leaves the list behind where it has become long.
    mutating func compact() {
        if isAscending {
            listLimit = max(32, 2 * slots.count)
            return
        }
        isAscending = true
        let order = slots.indices.sorted { slots[$0] < slots[$1] }
        var newSlots: [Int32] = []
        var newValues: [Int64] = []
        for index in order {
            if newSlots.last == slots[index] {
                newValues[newValues.count - 1] += values[index]
            } else {
                newSlots.append(slots[index])
                newValues.append(values[index])
            }
        }
        if newSlots.count * 16 > slotCount {
            var all = [Int64](repeating: 0, count: slotCount)
            for (slot, value) in zip(newSlots, newValues) { all[Int(slot)] = value }
            dense = all
            slots = []
            values = []
            return
        }
        let kept = newValues.indices.filter { newValues[$0] != 0 }
        slots = kept.map { newSlots[$0] }
        values = kept.map { newValues[$0] }
        listLimit = max(32, 2 * slots.count)
    }
}

/// Which table of edges a histogram goes by, as the first byte of its encoded form says it.
package enum HistogramEdges: UInt8, Sendable {
    case scores = 1
    case magnitudes = 2

    /// The table of magnitudes before it reached below 10⁻⁶.
    static let firstMagnitudes: UInt8 = 1
}
