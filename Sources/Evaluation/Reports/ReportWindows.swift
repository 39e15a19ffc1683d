/// How a report cuts its time.
package enum ReportPeriod: String, Sendable, CaseIterable {
    case day
    case week
    case month
    case all

    /// The days of the shortest of its windows.
    package var fewestDays: Int64 {
        switch self {
        case .day, .all: 1
        case .week: 7
        case .month: 28
        }
    }
}

/// One interval of a report.
package struct ReportWindow: Sendable, Equatable, Hashable {
    package var start: Instant
    package var end: Instant
}

/// The windows of a report: local days, weeks from Monday, calendar months, or one for all.
package struct ReportWindows: Sendable {
    package let windows: [ReportWindow]

    /// - Parameters:
    ///   - interval: The first window starts where the period around its lower bound does, unless that lies before the
    ///     bound; likewise at the end.
    ///   - period: Of each window; `all` for one over the interval.
    ///   - buckets: The task's time zone.
    package init(_ interval: Window, by period: ReportPeriod, buckets: TimeBuckets) {
        guard period != .all, !interval.isEmpty else {
            windows =
                interval.isEmpty
                ? [] : [ReportWindow(start: interval.lowerBound, end: interval.upperBound)]
            return
        }
        var windows: [ReportWindow] = []
        var day = Self.periodStart(buckets.localDay(of: interval.lowerBound), period)
        while true {
            let start = Instant(seconds: buckets.startOfDay(day))
            if start >= interval.upperBound { break }
            day = Self.nextPeriod(day, period)
            let end = Instant(seconds: buckets.startOfDay(day))
            windows.append(
                ReportWindow(
                    start: max(start, interval.lowerBound),
                    end: min(end, interval.upperBound)
                )
            )
        }
        self.windows = windows
    }

    /// The index of the window that holds an instant.
    package func index(of instant: Instant) -> Int? {
        var low = 0
        var high = windows.count - 1
        while low <= high {
            let middle = (low + high) / 2
            if instant < windows[middle].start {
                high = middle - 1
            } else if instant >= windows[middle].end {
                low = middle + 1
            } else {
                return middle
            }
        }
        return nil
    }

    private static func periodStart(_ day: Int32, _ period: ReportPeriod) -> Int32 {
        switch period {
        case .day, .all: return day
        case .week:
            // 1970-01-01 was a Thursday, three days after a Monday.
            return day - Int32(((Int(day) + 3) % 7 + 7) % 7)
        case .month:
            let date = CivilDate(day: day)
            return CivilDate(year: date.year, month: date.month, dayOfMonth: 1).day
        }
    }

    private static func nextPeriod(_ day: Int32, _ period: ReportPeriod) -> Int32 {
        switch period {
        case .day, .all: return day + 1
        case .week: return day + 7
        case .month:
            let date = CivilDate(day: day)
            let isDecember = date.month == 12
            return CivilDate(
                year: isDecember ? date.year + 1 : date.year,
                month: isDecember ? 1 : date.month + 1,
                dayOfMonth: 1
            ).day
        }
    }
}
