/// Which statements a connection has prepared: those that came a second time, the oldest go first.
///
/// Pure bookkeeping; the connection does what the answer says.
struct StatementCache {
    struct Key: Hashable {
        var text: String
        var types: [PostgresType]
    }

    enum Decision: Equatable {
        /// Run it unprepared.
        case runOnce
        /// Prepare it under this name, drop the names in `dropping`, then run it.
        case prepare(name: String, dropping: String?)
        /// It is prepared under this name.
        case runPrepared(name: String)
    }

    private struct Entry {
        var name: String?
        var lastUse: UInt64
    }

    private let limit: Int
    private var entries: [Key: Entry] = [:]
    private var uses: UInt64 = 0
    private var preparedCount = 0

    init(limit: Int) {
        self.limit = limit
    }

    /// Statements known, prepared or not.
    var count: Int { entries.count }

    mutating func use(_ key: Key) -> Decision {
        guard limit > 0 else { return .runOnce }
        uses += 1
        guard let entry = entries[key] else {
            if entries.count >= 4 * limit { forgetUnprepared() }
            entries[key] = Entry(name: nil, lastUse: uses)
            return .runOnce
        }
        entries[key]?.lastUse = uses
        if let name = entry.name { return .runPrepared(name: name) }
        let dropped = preparedCount >= limit ? dropOldest() : nil
        let name = "s\(uses)"
        entries[key]?.name = name
        preparedCount += 1
        return .prepare(name: name, dropping: dropped)
    }

    /// Forgets a statement that could not be prepared or whose plan no longer fits.
    mutating func forget(_ key: Key) {
        if entries.removeValue(forKey: key)?.name != nil { preparedCount -= 1 }
    }

    private mutating func dropOldest() -> String? {
        let oldest = entries.filter { $0.value.name != nil }.min {
            $0.value.lastUse < $1.value.lastUse
        }
        guard let oldest else { return nil }
        forget(oldest.key)
        return oldest.value.name
    }

    private mutating func forgetUnprepared() {
        entries = entries.filter { $0.value.name != nil }
    }
}
