/// Remembers which column the member at each position of an object belongs to.
///
/// Most objects of a file have the same members in the same order, so that comparing a name with the
/// one that stood there before spares looking it up.
struct MemberMemory: Sendable {
    private struct Entry: Sendable {
        let group: NDJSONScanner.Group
        let start: Int
        let end: Int
        let column: Int
    }

    private var entries: [Entry?] = []
    /// The names of the entries, and of those that they replaced.
    private var names: [UInt8] = []
    /// The size at which everything is forgotten, because too much was replaced.
    private static let largestSize = 64 << 10

    /// The column of the member, if it has the name that was remembered for its position.
    func column(
        at position: Int,
        group: NDJSONScanner.Group,
        _ text: borrowing Span<UInt8>,
        name: Field
    ) -> Int? {
        guard position < entries.count, let entry = entries[position], entry.group == group,
            entry.end - entry.start == name.count,
            names.matches(at: entry.start, text, from: name.from, to: name.to)
        else { return nil }
        return entry.column
    }

    mutating func remember(
        _ column: Int,
        at position: Int,
        group: NDJSONScanner.Group,
        _ text: borrowing Span<UInt8>,
        name: Field
    ) {
        if names.count > Self.largestSize {
            names = []
            entries = []
        }
        while entries.count <= position { entries.append(nil) }
        let start = names.count
        names.append(text, from: name.from, to: name.to)
        entries[position] = Entry(group: group, start: start, end: names.count, column: column)
    }
}
