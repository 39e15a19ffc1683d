/// Counts on how many days prefixes of prediction ids come back, to ask whether they name entities.
///
/// An id such as `user-17-0042` may be the forty-second request of one customer. Rows of one customer depend on each other on
/// different days too; where nobody says who is asked about, days are counted as independent. Nothing can be concluded
/// from the look of ids, so that this is only ever a question.
///
///     w = W/P          W (prefix, day) pairs, P prefixes
///
/// w is the number of days on which a prefix comes back, on average; from 1.5 on entities matter, as for those that requests name
/// (`EntityRecurrence`).
///
/// Memory and time are bounded: when more prefixes are held than `mostPrefixes`, half of them, by a bit of their hash, are let
/// go for good. Those that stay are a random part of all, and each has all of its days.
package struct EntityPrefixes: Sendable {
    private var prefixes: [UInt64: Prefix] = [:]
    /// Every day that a prefix was seen on.
    private var allDays: Set<Int32> = []
    /// Ids whose days were looked at.
    private var tallied = 0
    /// Only prefixes are held whose hash ends in so many zeros.
    private var level: UInt64 = 0

    private struct Prefix: Sendable {
        let text: String
        var days: Set<Int32>
        var lastDay: Int32
    }

    /// What is held at once.
    static let mostPrefixes = 4_096
    /// Ids whose days are looked at; with the prefixes they bound the time that this takes.
    static let mostTallied = 1 << 18
    /// Fewer prefixes are rather regions, sources or hours of the day than entities.
    static let leastPrefixes = 25
    /// On how many days a prefix has to come back on average.
    static let leastDays = 1.5
    /// Prefixes that a day has on average; counters and dates hold few days each, one after the other.
    static let leastPrefixesADay = 10.0
    /// Share of the ids that must have a prefix.
    static let leastShare = 0.9

    package init() {}

    /// Whether more ids would tell nothing new.
    package var isFull: Bool { tallied >= Self.mostTallied }

    /// Whether the days of ids with that hash are looked at.
    package func holds(hash: UInt64) -> Bool { hash & ((1 << level) - 1) == 0 }

    /// Counts one id.
    ///
    /// - Parameters:
    ///   - hash: Of the bytes of the prefix, one that `holds(hash:)`.
    ///   - day: The local day of the prediction.
    ///   - text: The prefix; asked for only once.
    package mutating func add(hash: UInt64, day: Int32, text: () -> String) {
        tallied += 1
        allDays.insert(day)
        guard prefixes[hash] != nil else {
            prefixes[hash] = Prefix(text: text(), days: [day], lastDay: day)
            while prefixes.count > Self.mostPrefixes {
                level += 1
                prefixes = prefixes.filter { holds(hash: $0.key) }
            }
            return
        }
        // Files are mostly in the order of time.
        guard prefixes[hash]?.lastDay != day else { return }
        prefixes[hash]?.lastDay = day
        prefixes[hash]?.days.insert(day)
    }

    /// What to ask of an upload.
    ///
    /// - Parameters:
    ///   - withPrefix: Of the ids that were looked at, those with a prefix.
    ///   - ids: The ids that were looked at.
    ///   - isWhole: Whether these are all ids of the upload.
    /// - Returns: `nil` where prefixes look like anything but entities that come back.
    package func hint(withPrefix: Int, of ids: Int, isWhole: Bool) -> EntityHint? {
        let scale = 1 << level
        let count = prefixes.count * Int(scale)
        let pairs = prefixes.values.reduce(0) { $0 + $1.days.count }
        guard Double(withPrefix) >= Self.leastShare * Double(ids),
            prefixes.count >= Self.leastPrefixes, !allDays.isEmpty
        else { return nil }
        let days = Double(pairs) / Double(prefixes.count)
        let aDay = Double(pairs) * Double(scale) / Double(allDays.count)
        guard days >= Self.leastDays, aDay >= Self.leastPrefixesADay else { return nil }
        // The one that comes back most often; of equals the one that sorts first.
        let example = prefixes.values.map { (days: $0.days.count, name: Name($0.text)) }
            .min { $0.days != $1.days ? $0.days > $1.days : $0.name < $1.name }
        return EntityHint(
            prefixes: count,
            isEstimate: level > 0,
            example: example?.name.text ?? "",
            days: days,
            ids: isWhole ? nil : ids
        )
    }
}
