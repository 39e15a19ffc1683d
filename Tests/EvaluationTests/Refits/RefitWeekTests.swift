@testable import Evaluation
import Testing

struct RefitWeekTests {
    private static let buckets = TimeBuckets(ZoneRules.utc, size: .day)

    /// Days with labels from a date on; `revised` is a day whose entry was made anew.
    static func days(
        _ count: Int32,
        from first: Int32 = 18_000,
        rows: Int = 40,
        horizon: Int64,
        revised: Int32? = nil
    ) -> [RefitDay] {
        (first..<first + count).map { number in
            var mark = RefitMark()
            mark.add(Int64(number))
            if number == revised { mark.add(1) }
            return RefitDay(
                number: number,
                knownAt: buckets.window(ofDay: number).upperBound.advanced(bySeconds: horizon),
                rows: rows,
                mark: mark
            )
        }
    }

    static func weeks(
        _ days: [RefitDay],
        horizon: Int64,
        present: Instant = .distantFuture
    ) -> [RefitWeek] {
        RefitWeek.weeks(days, of: 1, horizonSeconds: horizon, buckets, present: present)
    }

    private static func start(_ date: Int32) -> Instant { buckets.window(ofDay: date).lowerBound }

    @Test(arguments: [0, 2, 20, 60] as [Int64])
    func `a fit knows days alone whose labels were all due before its week`(days: Int64) throws {
        let horizon = 86_400 * days
        let weeks = Self.weeks(Self.days(300, horizon: horizon), horizon: horizon)
        #expect(weeks.count >= 43)
        for week in weeks {
            // A Monday, as 1970-01-05 was.
            #expect((week.dates.lowerBound - 4) % 7 == 0 && week.dates.count == 7)
            #expect(week.judged.allSatisfy { week.dates.contains($0.number) })
            #expect(week.fitted.allSatisfy { $0.knownAt <= Self.start(week.dates.lowerBound) })
            // The newest day that it may know is there.
            let newest = week.dates.lowerBound - 1 - Int32(days)
            #expect(week.fitted.first?.number == (newest >= 18_000 ? newest : nil))
        }
    }

    @Test func `a week is judged when its last label is due`() {
        let days = Self.days(70, horizon: 86_400)
        let last = Self.weeks(days, horizon: 86_400).last?.dates.upperBound ?? 0
        let due = Self.start(last).advanced(bySeconds: 86_400)
        let then = Self.weeks(days, horizon: 86_400, present: due)
        let before = Self.weeks(days, horizon: 86_400, present: due.previous)
        #expect(then.last?.dates.upperBound == last)
        #expect(before.last?.dates.upperBound == last - 7)
    }

    @Test(
        arguments: [
            // Half a year is enough, or as many days as hold 8,000 rows; little is made up for, and so are late labels.
            (40, 2, 180), (100, 2, 80), (5_000, 2, 29), (2, 2, 500), (40, 60, 200), (2, 60, 1_095),
        ] as [(rows: Int, horizon: Int64, days: Int)]
    )
    func `a fit reaches back as far as it must`(rows: Int, horizon: Int64, days: Int) throws {
        let seconds = 86_400 * horizon
        let week = try #require(
            Self.weeks(Self.days(1_400, rows: rows, horizon: seconds), horizon: seconds).last
        )
        // To a week: the age of the newest day that is known depends on the horizon.
        #expect(abs(week.fitted.count - days) <= 7 + Int(horizon), "\(week.fitted.count)")
        #expect(week.rows(besides: []) <= RefitWeek.mostRows + 8 * RefitWeek.mostRowsOfDay)
    }

    @Test func `a mark stands for all that a week rests on, and for nothing else`() {
        let horizon: Int64 = 2 * 86_400
        let weeks = Self.weeks(Self.days(400, horizon: horizon), horizon: horizon)
        let changed = Self.weeks(
            Self.days(400, horizon: horizon, revised: 18_100),
            horizon: horizon
        )
        #expect(Set(weeks.map(\.mark)).count == weeks.count)
        for (one, other) in zip(weeks, changed) {
            #expect((one.mark == other.mark) == !one.needed.contains(18_100))
        }
        let later = Self.weeks(Self.days(410, horizon: horizon), horizon: horizon)
        #expect(later.map(\.mark).starts(with: weeks.dropLast().map(\.mark)))
        let others = RefitWeek.weeks(
            Self.days(400, horizon: horizon),
            of: 2,
            horizonSeconds: horizon,
            Self.buckets,
            present: .distantFuture
        )
        #expect(Set(others.map(\.mark)).isDisjoint(with: weeks.map(\.mark)))
    }

    @Test func `the last year but one is judged, and older ones where these hold little`() {
        let horizon: Int64 = 86_400
        func first(_ rows: Int) -> CivilDate? {
            let days = Self.days(4_000, from: 16_000, rows: rows, horizon: horizon)
            return Self.weeks(days, horizon: horizon).first.map {
                CivilDate(day: $0.dates.lowerBound + 6)
            }
        }
        // To the end of 2024.
        #expect(first(40)?.year == 2023)
        #expect(first(1).map { (2_016...2_018).contains($0.year) } == true)
    }

    @Test func `there are no weeks without days`() {
        #expect(Self.weeks([], horizon: 0).isEmpty)
    }
}
