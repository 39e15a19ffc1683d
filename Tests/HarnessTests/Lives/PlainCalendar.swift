import Foundation

/// Local days by Foundation's time zone alone, without a table of boundaries.
struct PlainCalendar {
    let zone: TimeZone

    init(_ name: String) throws {
        guard let zone = TimeZone(identifier: name) else { throw UnknownZone(name: name) }
        self.zone = zone
    }

    struct UnknownZone: Error {
        var name: String
    }

    /// The local date in days since 1970-01-01: the latest that a wall clock has shown by then.
    ///
    /// Where clocks go back across midnight the day before does not begin again.
    func day(of second: Int) -> Int {
        var day = shownDay(second)
        var moment = Date(timeIntervalSince1970: TimeInterval(second - 86_400))
        while let change = zone.nextDaylightSavingTimeTransition(after: moment) {
            let changed = Int(change.timeIntervalSince1970.rounded())
            guard changed <= second else { break }
            day = max(day, shownDay(changed - 1))
            moment = change
        }
        return day
    }

    /// The first second of a local date.
    func start(ofDay day: Int) -> Int {
        // Two days around UTC's midnight hold the zone's; the day of an instant only grows.
        var (low, high) = (day * 86_400 - 172_800, day * 86_400 + 172_800)
        while low < high {
            let middle = (low + high) / 2
            if self.day(of: middle) >= day { high = middle } else { low = middle + 1 }
        }
        return low
    }

    private func shownDay(_ second: Int) -> Int {
        let offset = zone.secondsFromGMT(for: Date(timeIntervalSince1970: TimeInterval(second)))
        return Int((Double(second + offset) / 86_400).rounded(.down))
    }
}
