/// A matured day of a model, as fits and their judgement rest on it.
package struct RefitDay: Sendable, Equatable {
    /// The local date, in days since 1970-01-01.
    let number: Int32
    let knownAt: Instant
    /// Those with labels.
    let rows: Int
    /// Of the entries of the ledger that the day consists of.
    let mark: RefitMark

    init(number: Int32, knownAt: Instant, rows: Int, mark: RefitMark) {
        self.number = number
        self.knownAt = knownAt
        self.rows = rows
        self.mark = mark
    }

    /// - Parameters:
    ///   - days: Of the full age, in event order.
    ///   - entries: Those of the ledger that they consist of, and maybe others.
    ///   - buckets: The time buckets of the task.
    /// - Returns: The days that have labels.
    package static func days(
        _ days: [EvidenceDay],
        of entries: [MadeEntry],
        _ buckets: TimeBuckets
    ) -> [RefitDay] {
        var marks: [Int32: RefitMark] = [:]
        for entry in entries.sorted(by: { $0.bucketStart < $1.bucketStart }) {
            marks[buckets.localDay(of: entry.bucketStart), default: RefitMark()].add(entry)
        }
        return days.filter { $0.cell.labelled > 0 }.map { day in
            let number = buckets.localDay(of: day.start)
            return RefitDay(
                number: number,
                knownAt: day.knownAt,
                rows: day.cell.labelled,
                mark: marks[number] ?? RefitMark()
            )
        }
    }
}

/// An entry of the ledger at the full age, and when it was made.
package struct MadeEntry: Sendable, Equatable {
    let bucketStart: Instant
    let revision: Int32
    let madeAt: Instant

    package init(bucketStart: Instant, revision: Int32, madeAt: Instant) {
        self.bucketStart = bucketStart
        self.revision = revision
        self.madeAt = madeAt
    }
}

extension RefitMark {
    fileprivate mutating func add(_ entry: MadeEntry) {
        add(entry.bucketStart.microseconds)
        add(Int64(entry.revision))
        add(entry.madeAt.microseconds)
    }
}
