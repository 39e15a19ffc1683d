/// By how much the local time of a zone differs from UTC, and since when.
package struct ZoneRules: Sendable, Equatable {
    /// A stretch of time with one offset; it ends where the next begins.
    package struct Stretch: Sendable, Equatable {
        /// Its first second since 1970-01-01T00:00:00Z.
        package var start: Int64
        /// Seconds east of Greenwich.
        package var offset: Int64

        package init(start: Int64, offset: Int64) {
            self.start = start
            self.offset = offset
        }
    }

    package static let utc = ZoneRules(offset: 0, changes: [])

    /// In order, without a gap; the first begins before all time, and neighbours differ.
    package let stretches: [Stretch]

    /// - Parameters:
    ///   - offset: Before the first change.
    ///   - changes: In order; of two at the same second the later one counts, and what changes nothing is left out.
    package init(offset: Int64, changes: [Stretch]) {
        var stretches = [Stretch(start: .min, offset: offset)]
        for change in changes {
            if change.start == stretches[stretches.count - 1].start { stretches.removeLast() }
            if change.offset != stretches.last?.offset { stretches.append(change) }
        }
        self.stretches = stretches
    }

    package func offset(atSecond second: Int64) -> Int64 {
        stretches[index(ofSecond: second)].offset
    }

    /// When clocks show a local time, in seconds since 1970-01-01T00:00:00Z.
    package enum LocalTime: Sendable, Equatable {
        /// They went over it when they went forward.
        case skipped
        case once(Int64)
        /// It came again when they went back.
        case repeated(first: Int64, second: Int64)
    }

    /// - Parameter local: In seconds, as if it were UTC.
    /// - Returns: When clocks show it.
    package func localTime(_ local: Int64) -> LocalTime {
        // No clock is off by two days.
        let margin: Int64 = 2 * 86_400
        var time = LocalTime.skipped
        for index in index(ofSecond: local - margin)...index(ofSecond: local + margin) {
            let second = local - stretches[index].offset
            guard self.index(ofSecond: second) == index else { continue }
            switch time {
            case .skipped: time = .once(second)
            case .once(let first), .repeated(let first, _):
                time = .repeated(first: first, second: second)
            }
        }
        return time
    }

    private func index(ofSecond second: Int64) -> Int {
        var low = 0
        var high = stretches.count - 1
        while low < high {
            let middle = (low + high + 1) / 2
            if stretches[middle].start <= second { low = middle } else { high = middle - 1 }
        }
        return low
    }
}
