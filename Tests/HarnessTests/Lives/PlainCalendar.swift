import Foundation

/// Local days and hours by Foundation's time zone alone, without a table of boundaries.
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

    /// The first second after the hour that holds a second: where the clock shows the next full hour, the day ends, or
    /// the clock is set by another amount than whole hours.
    func endOfHour(_ second: Int) -> Int {
        let shown = second + offset(second)
        var end = second + 3_600 - (shown % 3_600 + 3_600) % 3_600
        end = min(end, start(ofDay: day(of: second) + 1))
        let moment = Date(timeIntervalSince1970: TimeInterval(second))
        if let change = zone.nextDaylightSavingTimeTransition(after: moment) {
            let changed = Int(change.timeIntervalSince1970.rounded())
            let step = offset(changed) - offset(changed - 1)
            if !step.isMultiple(of: 3_600) { end = min(end, changed) }
        }
        return end
    }

    private func shownDay(_ second: Int) -> Int {
        Int((Double(second + offset(second)) / 86_400).rounded(.down))
    }

    private func offset(_ second: Int) -> Int {
        zone.secondsFromGMT(for: Date(timeIntervalSince1970: TimeInterval(second)))
    }
}
