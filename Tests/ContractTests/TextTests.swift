import Contract
import Evaluation
import Testing

@Suite struct DurationTextTests {
    @Test(arguments: [("90s", 90), ("15m", 900), ("6h", 21_600), ("60d", 5_184_000)])
    func `a whole number and a unit are seconds`(text: String, seconds: Int64) throws {
        #expect(try DurationText.seconds(text) == seconds)
    }

    @Test(arguments: [
        "", "d", "60", "-1d", "+1d", "0d", "1.5h", "1w", " 1d", "1 d", "99999999999999999999d",
        "9223372036854775807d", "36526d",
    ])
    func `anything else is refused with what is allowed`(text: String) {
        let error = #expect(throws: TextError.self) { try DurationText.seconds(text) }
        #expect(error?.message.contains("60d") == true)
    }

    @Test(arguments: [
        (90, "90s"), (900, "15m"), (86_400, "1d"), (5_184_000, "60d"), (3601, "3601s"),
    ])
    func `the shortest text is shown`(seconds: Int64, text: String) {
        #expect(DurationText.text(seconds) == text)
    }
}

@Suite struct MomentTests {
    @Test func `a date is the start of the day in the zone of the task`() throws {
        let task = PredictionTask(name: "t", kind: .binary, timeZone: .newYork)
        let summer = try Moment("2013-06-24").instant(in: task)
        #expect(summer.iso8601 == "2013-06-24T04:00:00Z")
        #expect(try Moment("2013-12-24").instant(in: task).iso8601 == "2013-12-24T05:00:00Z")
        #expect(try Moment("2013-12-24").instant(in: .utc).iso8601 == "2013-12-24T00:00:00Z")
    }

    @Test func `an instant stays what it is`() throws {
        let task = PredictionTask(name: "t", kind: .binary, timeZone: .newYork)
        let instant = try Moment("2013-06-24T10:00:00+02:00").instant(in: task)
        #expect(instant.iso8601 == "2013-06-24T08:00:00Z")
    }

    @Test(arguments: [
        "", "yesterday", "2013-02-30", "2013-13-01", "2013-6-24", "2013-06-24T10:00", "20130624",
    ])
    func `anything else is refused`(text: String) {
        #expect(throws: TextError.self) { try Moment(text) }
    }
}

@Suite struct ToleranceTextTests {
    @Test(arguments: [
        ("10%", Tolerance.relative(0.1)), ("0%", .relative(0)), ("12.5%", .relative(0.125)),
        ("0.02", .absolute(0.02)), ("3", .absolute(3)),
    ])
    func `shares and amounts are told apart and come back as given`(text: String, value: Tolerance)
        throws
    {
        #expect(try ToleranceText.tolerance(text) == value)
        #expect(ToleranceText.text(value) == text)
    }

    @Test(arguments: ["", "%", "-1%", "10 %", "nan", "inf", "1e3", "0,02"])
    func `anything else is refused`(text: String) {
        #expect(throws: TextError.self) { try ToleranceText.tolerance(text) }
    }
}

@Suite struct BaselineTextTests {
    private let task = PredictionTask(name: "t", kind: .binary, timeZone: .berlin)

    @Test func `a stretch of time is counted in the cohorts of the task`() throws {
        #expect(try BaselineText("first:60d").setting(for: task) == .first(cohorts: 60))
        var hourly = task
        hourly.bucketSize = .hour
        #expect(try BaselineText("first:2d").setting(for: hourly) == .first(cohorts: 48))
        #expect(try BaselineText("first:30").setting(for: task) == .first(cohorts: 30))
    }

    @Test func `an interval takes dates in the zone of the task`() throws {
        let setting = try BaselineText("2013-01-01..2013-02-01").setting(for: task)
        let zone = try (Moment("2013-01-01"), Moment("2013-02-01"))
        #expect(
            try setting
                == .interval(Window(from: zone.0.instant(in: task), to: zone.1.instant(in: task)))
        )
        #expect(throws: ReversedWindow.self) {
            try BaselineText("2013-02-01..2013-01-01").setting(for: task)
        }
    }

    @Test(arguments: ["file:x.csv", "x.csv", "data/x"])
    func `a file is told apart`(text: String) throws {
        guard case .file = try BaselineText(text) else {
            Issue.record("\(text) is a file")
            return
        }
        #expect(try BaselineText(text).setting(for: task) == nil)
    }

    @Test(arguments: ["first:", "first:abc", "soon", ""])
    func `anything else is refused`(text: String) {
        #expect(throws: TextError.self) { try BaselineText(text) }
    }
}

extension NamedZone {
    /// As it was in 2013.
    static let newYork = NamedZone(
        name: "America/New_York",
        rules: ZoneRules(
            offset: -18_000,
            changes: [
                .init(start: 1_362_898_800, offset: -14_400),
                .init(start: 1_383_458_400, offset: -18_000),
            ]
        )
    )
    /// As it was in the first months of 2013.
    fileprivate static let berlin = NamedZone(
        name: "Europe/Berlin",
        rules: ZoneRules(offset: 3_600, changes: [])
    )
}
