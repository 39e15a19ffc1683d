import Evaluation
import Testing

@testable import Ingest

/// Which prediction ids look like repeats of entities.
struct EntitySamplerTests {
    private func prefix(_ id: String) -> String? {
        let bytes = Array(("xx" + id).utf8)
        return IDPrefix.end(bytes, from: 2, to: bytes.count).map {
            String(decoding: bytes[2..<$0], as: UTF8.self)
        }
    }

    @Test(arguments: [
        ("user-17-0042", "user-17"), ("user-17/2024-05-01", "user-17"),
        ("user-17_20240501T0900Z", "user-17"), ("17-2024-05-01", "17"),
        ("user-17-2024-05-01T10:00:00Z", "user-17"), ("AS21-EWR-201306030725", "AS21-EWR"),
        ("flights-1-2-3", "flights-1-2"), ("a|2024-05-01", "a"), ("m.1#7", "m.1"),
        ("straße:7", "straße"), ("user-17-1714521600", "user-17"), ("a-b-", "a"),
    ])
    func `a prefix ends before the last part, where a date is one part`(
        id: String,
        expected: String
    ) {
        #expect(prefix(id) == expected)
    }

    @Test(arguments: [
        "", "a", "abc", "-abc", "2024-05-01-0001", "20240501-0001", "20240501_store_7", "-",
    ])
    func `ids of one part and those that begin with a date have none`(id: String) {
        #expect(prefix(id) == nil)
    }

    /// 40 rows on each of 30 days; `id` is given the day and the row.
    private func hint(
        header: String = "prediction_id,predicted_at,model,score",
        hour: Int = 12,
        zone: String = "UTC",
        more: String = "",
        days: Int = 30,
        _ id: (_ day: Int, _ row: Int) -> String
    ) throws -> EntityHint? {
        var text = header + "\n"
        for day in 0..<days {
            let at = Instant(seconds: Int64(19_844 + day) * 86_400 + Int64(hour) * 3_600)
            for row in 0..<40 {
                let second = at.advanced(bySeconds: Int64(row) * 600).iso8601
                text += "\(id(day, row)),\(second),m,0.5\(more)\n"
            }
        }
        var reader = try PredictionReader(
            task: PredictionTask(name: "t", kind: .binary, timeZone: NamedZone(zone)),
            sources: [.bytes(Array(text.utf8), name: "x")]
        )
        while let batch = try reader.nextBatch(maximumRows: 100) {
            #expect(batch.rejects.isEmpty, "\(batch.rejects)")
        }
        return reader.entityHint
    }

    /// The date of a day in the example.
    private func date(_ day: Int) -> String { CivilDate(day: Int32(19_844 + day)).iso8601 }

    @Test func `entities that come back are asked about`() throws {
        let expected = EntityHint(prefixes: 40, example: "user-0", days: 30)
        #expect(try hint { day, row in "user-\(row)-\(day)" } == expected)
        #expect(try hint { day, row in "user-\(row)/\(date(day))" } == expected)
        #expect(try hint { day, row in "user-\(row)_\(date(day))T12:00:00Z" } == expected)
    }

    @Test func `a request that several models scored is one`() throws {
        let hint = try hint { day, row in "user-\(row / 2)-\(day)" }
        #expect(hint == nil, "20 entities are few")
        let two = try self.hint { day, row in "u\(row % 30)-\(day)" }
        #expect(two?.prefixes == 30 && two?.days == 30)
    }

    @Test func `nothing is asked where rows name their entity, in some of them at least`() throws {
        let header = "prediction_id,predicted_at,model,score,entity"
        func id(_ day: Int, _ row: Int) -> String { "user-\(row)-\(day)" }
        #expect(try hint(header: header, more: ",e1", id) == nil)
        #expect(try hint(header: header, more: ",", id) != nil, "a column that is empty names none")
    }

    @Test func `nothing is asked of ids that are no entities`() throws {
        // A counter per day, in the time zone of its dates and in another, where each date has two days.
        #expect(try hint { day, row in "\(date(day))-\(row)" } == nil)
        #expect(
            try hint(hour: 22, zone: "America/New_York") { day, row in
                "\(date(day))-\(row)"
            } == nil
        )
        #expect(try hint(hour: 22) { day, row in "run-\(date(day))-\(row)" } == nil)
        // A constant prefix, one for each day, and one for each block of a running number.
        #expect(try hint { day, row in "req-\(40 * day + row)" } == nil)
        #expect(try hint { day, row in "flights-5-\(day)-\(row)" } == nil)
        #expect(try hint { day, row in "batch-\((40 * day + row) / 100)-\(row)" } == nil)
        // UUIDs, ids of one part, and those whose parts are all random.
        #expect(
            try hint { day, row in
                "7d444840-9dc0-11d1-b245-\(100_000_000_000 + 1_000 * day + row)"
            } == nil
        )
        #expect(try hint { day, row in "\(day * 1_000 + row)" } == nil)
        #expect(
            try hint { day, row in
                let random = UInt64(day * 100 + row) &* 0x9E37_79B9_7F4A_7C15
                return "\(random >> 32)-\(random & 0xFFFF_FFFF)"
            } == nil
        )
        // Each hour has a prefix that comes back on every day.
        #expect(try hint { day, row in "h\(row % 24)-\(day)-\(row)" } == nil)
        #expect(try hint(days: 1) { day, row in "user-\(row)-\(day)" } == nil, "one day")
    }

    @Test func `ids without prefixes are not looked at for long`() throws {
        let hint = try hint(days: 500) { day, row in
            day < 450 ? "x\(day * 40 + row)" : "user-\(row)-\(day)"
        }
        #expect(hint == nil)
    }
}
