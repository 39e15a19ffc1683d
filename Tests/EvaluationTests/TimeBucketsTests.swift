import Evaluation
import Foundation
import Testing

struct TimeBucketsTests {
    private func instant(_ text: String) throws -> Instant {
        let date = try #require(ISO8601DateFormatter().date(from: text))
        return Instant(seconds: Int64(date.timeIntervalSince1970))
    }

    @Test(arguments: [
        // The day on which clocks go forward has 23 hours, the one on which they go back 25.
        ("America/New_York", "2013-03-10T12:00:00Z", "2013-03-10T05:00:00Z", 23.0),
        ("America/New_York", "2013-11-03T12:00:00Z", "2013-11-03T04:00:00Z", 25.0),
        ("Europe/Berlin", "2024-03-31T12:00:00Z", "2024-03-30T23:00:00Z", 23.0),
        ("Europe/Berlin", "2024-10-27T12:00:00Z", "2024-10-26T22:00:00Z", 25.0),
        ("UTC", "2024-02-29T23:59:59Z", "2024-02-29T00:00:00Z", 24.0),
        // Midnight was skipped: the day starts at 01:00 local time.
        ("America/Sao_Paulo", "2018-11-04T12:00:00Z", "2018-11-04T03:00:00Z", 23.0),
    ])
    func `days are local days, also where clocks change`(
        zone: String,
        inside: String,
        start: String,
        hours: Double
    ) throws {
        let buckets = TimeBuckets(try #require(ZoneRules(named: zone)), size: .day)
        let number = buckets.number(of: try instant(inside))
        let first = buckets.start(ofNumber: number)
        #expect(first == (try instant(start)))
        let length = buckets.end(ofNumber: number).microseconds - first.microseconds
        #expect(Double(length) / 3.6e9 == hours)
        #expect(buckets.number(of: first) == number)
        #expect(buckets.number(of: Instant(microseconds: first.microseconds - 1)) == number - 1)
    }

    @Test func `hours of a zone that is half an hour off start on its full hours`() throws {
        let buckets = TimeBuckets(try #require(ZoneRules(named: "Asia/Kolkata")), size: .hour)
        let number = buckets.number(of: try instant("2024-01-01T00:15:00Z"))
        #expect(buckets.start(ofNumber: number) == (try instant("2023-12-31T23:30:00Z")))
        #expect(buckets.end(ofNumber: number) == (try instant("2024-01-01T00:30:00Z")))
    }

    @Test func `an hour that is lived twice is two buckets`() throws {
        let buckets = TimeBuckets(try #require(ZoneRules(named: "Europe/Berlin")), size: .hour)
        let first = buckets.number(of: try instant("2024-10-27T00:30:00Z"))
        let second = buckets.number(of: try instant("2024-10-27T01:30:00Z"))
        #expect(second == first + 1)
    }

    @Test(arguments: [
        // Half an hour back at 02:00, and forward.
        ("Australia/Lord_Howe", "2025-04-05T14:10:00Z", "2025-04-05T14:00:00Z", 60),
        ("Australia/Lord_Howe", "2025-04-05T15:10:00Z", "2025-04-05T15:00:00Z", 30),
        ("Australia/Lord_Howe", "2025-04-05T15:40:00Z", "2025-04-05T15:30:00Z", 60),
        ("Australia/Lord_Howe", "2025-10-04T15:20:00Z", "2025-10-04T14:30:00Z", 60),
        ("Australia/Lord_Howe", "2025-10-04T15:40:00Z", "2025-10-04T15:30:00Z", 30),
        ("Australia/Lord_Howe", "2025-10-04T16:00:00Z", "2025-10-04T16:00:00Z", 60),
        // Half an hour forward at 23:30.
        ("Asia/Pyongyang", "2018-05-04T14:40:00Z", "2018-05-04T14:30:00Z", 30),
        ("Asia/Pyongyang", "2018-05-04T15:00:00Z", "2018-05-04T15:00:00Z", 60),
    ])
    func `hours end at full hours, and where the hand of the minutes is moved`(
        zone: String,
        inside: String,
        start: String,
        minutes: Int64
    ) throws {
        let buckets = TimeBuckets(try #require(ZoneRules(named: zone)), size: .hour)
        let hour = buckets.window(ofNumber: buckets.number(of: try instant(inside)))
        #expect(hour.lowerBound == (try instant(start)))
        #expect(hour.upperBound == hour.lowerBound.advanced(bySeconds: 60 * minutes))
    }

    @Test func `where clocks go back across midnight, a day begins with its first midnight`() throws
    {
        let zone = try #require(ZoneRules(named: "America/St_Johns"))
        let buckets = TimeBuckets(zone, size: .day)
        // At 00:01 on Sunday they went back to 23:01 on Saturday.
        let sunday = try instant("2010-11-07T02:30:00Z")
        let number = buckets.number(of: sunday)
        #expect(CivilDate(day: number).iso8601 == "2010-11-07")
        #expect(buckets.window(ofNumber: number).lowerBound == sunday)
        #expect(buckets.number(of: try instant("2010-11-07T02:45:00Z")) == number)
        #expect(buckets.end(ofNumber: number) == (try instant("2010-11-08T03:30:00Z")))
        #expect(buckets.end(ofNumber: number - 1) == sunday)
    }

    @Test(arguments: [
        ("Pacific/Apia", "2011-12-30"), ("Pacific/Kwajalein", "1993-08-21"),
        ("Pacific/Kiritimati", "1994-12-31"), ("Asia/Manila", "1844-12-31"),
    ])
    func `a date that was skipped is a day without time`(zone: String, date: String) throws {
        let buckets = TimeBuckets(try #require(ZoneRules(named: zone)), size: .day)
        let parts = date.split(separator: "-").compactMap { Int($0) }
        let day = CivilDate(year: parts[0], month: parts[1], dayOfMonth: parts[2]).day
        #expect(buckets.window(ofNumber: day).isEmpty)
        let next = buckets.start(ofNumber: day + 1)
        #expect(buckets.number(of: next) == day + 1)
        #expect(buckets.number(of: next.previous) == day - 1)
    }

    @Test func `every date converts to its day and back`() {
        for day in stride(from: Int32(-200_000), through: 200_000, by: 37) {
            #expect(CivilDate(day: day).day == day)
        }
        #expect(CivilDate(day: 0).iso8601 == "1970-01-01")
        #expect(CivilDate(year: 2000, month: 2, dayOfMonth: 29).day == 11_016)
    }

    @Test func `weeks start on Monday and months on the first`() throws {
        let buckets = TimeBuckets(try #require(ZoneRules(named: "Europe/Berlin")), size: .day)
        let interval = try Window(
            from: instant("2024-03-06T23:00:00Z"),
            to: instant("2024-04-20T22:00:00Z")
        )
        let weeks = ReportWindows(interval, by: .week, buckets: buckets).windows
        #expect(weeks.first?.start == interval.lowerBound)
        #expect(weeks.dropFirst().first?.start == (try instant("2024-03-10T23:00:00Z")))
        #expect(weeks.last?.end == interval.upperBound)
        let months = ReportWindows(interval, by: .month, buckets: buckets).windows
        #expect(months.count == 2)
        #expect(months[1].start == (try instant("2024-03-31T22:00:00Z")))
    }
}
