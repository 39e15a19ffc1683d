import Evaluation
import Ingest
import Testing

struct InstantParserTests {
    @Test(arguments: [
        ("2013-05-24T14:29:00Z", "2013-05-24T14:29:00Z"),
        ("2013-05-24T14:29:00-04:00", "2013-05-24T18:29:00Z"),
        ("2013-05-24T14:29:00+0530", "2013-05-24T08:59:00Z"),
        ("2013-05-24T14:29:00+05", "2013-05-24T09:29:00Z"),
        ("2013-05-24 14:29Z", "2013-05-24T14:29:00Z"),
        ("2013-05-24t14:29:00.5z", "2013-05-24T14:29:00.500Z"),
        ("2013-05-24T14:29:00.000Z", "2013-05-24T14:29:00Z"),
        ("2013-05-24T14:29:00.000001Z", "2013-05-24T14:29:00.000001Z"),
        ("2013-05-24T14:29:00.123456789Z", "2013-05-24T14:29:00.123456Z"),
        ("2013-05-24T23:30:00-01:00", "2013-05-25T00:30:00Z"),
        ("2016-02-29T00:00:00Z", "2016-02-29T00:00:00Z"),
        ("2000-02-29T00:00:00Z", "2000-02-29T00:00:00Z"),
        ("1954-01-01T18:00:00Z", "1954-01-01T18:00:00Z"),
        ("0001-01-01T00:00:00Z", "0001-01-01T00:00:00Z"),
        ("9999-12-31T23:59:59.999999Z", "9999-12-31T23:59:59.999999Z"),
        ("2016-12-31T23:59:60Z", "2017-01-01T00:00:00Z"),
        ("2015-07-01T01:59:60+02:00", "2015-07-01T00:00:00Z"),
    ])
    func `an instant is read and shown in UTC`(text: String, shown: String) throws {
        #expect(try Instant(parsing: text).iso8601 == shown)
    }

    @Test(arguments: [
        ("", InstantError.empty),
        ("not-a-time", .notISO8601),
        ("2013-05-24", .dateOnly),
        ("2013-05-24T14:29:00", .noOffset),
        ("2013-02-30T00:00:00Z", .noSuchDate),
        ("2013-02-29T00:00:00Z", .noSuchDate),
        ("1900-02-29T00:00:00Z", .noSuchDate),
        ("2013-13-01T00:00:00Z", .noSuchDate),
        ("2013-00-01T00:00:00Z", .noSuchDate),
        ("2013-01-00T00:00:00Z", .noSuchDate),
        ("0000-01-01T00:00:00Z", .noSuchDate),
        ("2013-05-24T24:00:00Z", .noSuchTime),
        ("2013-05-24T14:60:00Z", .noSuchTime),
        ("2013-05-24T14:29:61Z", .noSuchTime),
        ("2013-05-24T14:29:60Z", .notALeapSecond),
        ("2013-05-24T23:59:60Z", .notALeapSecond),
        ("2013-05-24T14:29:00+19:00", .offsetOutOfRange),
        ("2013-05-24T14:29:00+05:60", .offsetOutOfRange),
        ("2013-05-24T14:29:00.Z", .notISO8601),
        ("2013-05-24T14:29:00ZZ", .notISO8601),
        ("2013-05-24T14:29:00+5", .notISO8601),
        ("2013-05-24T14Z", .notISO8601),
        ("2013-5-24T14:29:00Z", .notISO8601),
        ("13-05-24T14:29:00Z", .notISO8601),
        (" 2013-05-24T14:29:00Z", .notISO8601),
        ("1369405740", .notISO8601),
        ("24.05.2013 14:29", .notISO8601),
    ])
    func `what is no instant is refused with its reason`(text: String, error: InstantError) {
        #expect(throws: error) { try Instant(parsing: text) }
    }

    @Test func `every day of eight centuries comes back as it was written`() throws {
        var expected = try Instant(parsing: "1600-01-01T00:00:00Z")
        for year in 1600..<2400 {
            let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
            let lengths = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
            for (month, length) in lengths.enumerated() {
                for day in 1...length {
                    let text =
                        "\(year)-\(month < 9 ? "0" : "")\(month + 1)-\(day < 10 ? "0" : "")\(day)"
                        + "T00:00:00Z"
                    let instant = try Instant(parsing: text)
                    try #require(instant == expected)
                    try #require(instant.iso8601 == text)
                    expected = expected.advanced(bySeconds: 86_400)
                }
            }
        }
    }

    @Test(arguments: [
        ("2013-05-24T14:29:00", "2013-05-24T12:29:00Z"),
        ("2013-01-24T14:29:00", "2013-01-24T13:29:00Z"),
        // An offset in the text counts more than the assumed zone.
        ("2013-05-24T14:29:00Z", "2013-05-24T14:29:00Z"),
        // The clocks went from 03:00 back to 02:00.
        ("2013-10-27T01:59:59", "2013-10-26T23:59:59Z"),
        ("2013-10-27T03:00:00", "2013-10-27T02:00:00Z"),
        // They went from 02:00 forward to 03:00.
        ("2013-03-31T01:59:59", "2013-03-31T00:59:59Z"),
        ("2013-03-31T03:00:00", "2013-03-31T01:00:00Z"),
    ])
    func `an assumed time zone places a time without offset`(text: String, shown: String) throws {
        let berlin = try AssumedTimeZone("Europe/Berlin")
        #expect(try Instant(parsing: text, assuming: berlin).iso8601 == shown)
    }

    @Test func `a time that the clocks skipped is refused`() throws {
        let berlin = try AssumedTimeZone("Europe/Berlin")
        #expect(throws: InstantError.skippedByClockChange) {
            try Instant(parsing: "2013-03-31T02:30:00", assuming: berlin)
        }
    }

    @Test(arguments: [
        ("Europe/Paris", "2025-10-26T02:00:00", "2025-10-26T00:00:00Z", "2025-10-26T01:00:00Z"),
        ("Europe/Paris", "2025-10-26T02:30:00", "2025-10-26T00:30:00Z", "2025-10-26T01:30:00Z"),
        ("Europe/Paris", "2025-10-26T02:59:59", "2025-10-26T00:59:59Z", "2025-10-26T01:59:59Z"),
        // Back by half an hour, and across midnight.
        (
            "Australia/Lord_Howe", "2025-04-06T01:45:00", "2025-04-05T14:45:00Z",
            "2025-04-05T15:15:00Z"
        ),
        (
            "America/St_Johns", "2010-11-06T23:30:00", "2010-11-07T02:00:00Z",
            "2010-11-07T03:00:00Z"
        ),
    ])
    func `a time that came twice is refused, unless it is said which is meant`(
        zone: String,
        text: String,
        first: String,
        second: String
    ) throws {
        #expect(throws: InstantError.repeatedByClockChange) {
            try Instant(parsing: text, assuming: AssumedTimeZone(zone))
        }
        let before = try AssumedTimeZone(zone, repeatedHour: .first)
        #expect(try Instant(parsing: text, assuming: before).iso8601 == first)
        let after = try AssumedTimeZone(zone, repeatedHour: .second)
        #expect(try Instant(parsing: text, assuming: after).iso8601 == second)
    }

    @Test func `a time zone that does not exist is refused`() {
        #expect(throws: IngestError.self) { try AssumedTimeZone("Europe/Atlantis") }
    }

    @Test func `the ends of time are shown as PostgreSQL shows them`() {
        #expect(Instant.distantPast.iso8601 == "-infinity")
        #expect(Instant.distantFuture.iso8601 == "infinity")
        #expect(Instant(microseconds: -1).iso8601 == "1969-12-31T23:59:59.999999Z")
    }

    @Test(arguments: InstantError.allCases)
    func `every reason is a full sentence`(error: InstantError) {
        #expect(error.reason.hasSuffix("."))
    }
}
