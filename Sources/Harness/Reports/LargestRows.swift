/// The rows with the largest numbers, the largest first; of equal ones that which comes first.
///
/// No more than twice as many as are wanted are held in memory.
struct LargestRows<Row, Place: Comparable> {
    private let count: Int
    private var held: [(row: Row, size: Double, place: Place)] = []

    init(_ count: Int) {
        self.count = count
    }

    mutating func add(_ row: Row, size: Double, at place: Place) {
        held.append((row, size, place))
        if held.count > 2 * count { held = largest }
    }

    var rows: [Row] { largest.map(\.row) }

    private var largest: [(row: Row, size: Double, place: Place)] {
        Array(
            held.sorted { $0.size != $1.size ? $0.size > $1.size : $0.place < $1.place }
                .prefix(count)
        )
    }
}
