import Evaluation
import Foundation
import Harness
import Ingest
import Postgres
import TestSupport
import Testing

/// Local times as PostgreSQL has them, which reads the time zones of the system by means of its own.
@Suite(.temporaryDatabase, .hangLimit)
struct LocalTimeTests {
    /// The years 1900 to 2199.
    private static let seconds: Range<Int64> = -2_208_988_800..<7_258_118_400

    @Test func `local dates and offsets are PostgreSQL's, in every zone at every change`()
        async throws
    {
        let connection = try await TemporaryDatabase.connect()
        // To AT TIME ZONE, what is an abbreviation as well is a fixed offset.
        let names = try await connection.query(
            """
            SELECT name
            FROM pg_timezone_names
            WHERE name !~ '^(posix|right)/'
                AND name NOT IN (SELECT abbrev FROM pg_timezone_abbrevs)
            ORDER BY name
            """
        ).map { try $0.text(0) }
        #expect(names.count > 300)
        for name in names where !["posixrules", "localtime"].contains(name) {
            let zone = try #require(ZoneRules(named: name), "\(name)")
            let buckets = TimeBuckets(zone, size: .day)
            let changes = zone.stretches.map(\.start).filter(Self.seconds.contains)
            let seconds: [Int64] = changes.flatMap { [$0 - 1, $0] }
            let theirs = try await connection.query(
                """
                SELECT extract(epoch FROM to_timestamp(second) AT TIME ZONE \(name))::bigint AS local
                FROM unnest(\(seconds)::bigint[]) WITH ORDINALITY AS given (second, place)
                ORDER BY place
                """
            ).map { try $0.int64(0) }
            let ours = seconds.map { $0 + zone.offset(atSecond: $0) }
            #expect(ours == theirs, "\(name)")
            let wrong = zip(seconds, theirs).filter { second, local in
                let day = buckets.localDay(of: Instant(seconds: second))
                let shown = Int32(floorDivide(local, 86_400))
                // Later only where clocks went back across midnight.
                return day != shown && !(day == shown + 1 && repeats(zone, second))
            }
            #expect(wrong.isEmpty, "\(name): \(wrong)")
        }
        await connection.close()
    }

    /// Whether clocks showed a later time before a second than at it.
    private func repeats(_ zone: ZoneRules, _ second: Int64) -> Bool {
        let local = second + zone.offset(atSecond: second)
        return zone.stretches.dropFirst().contains { change in
            change.start <= second
                && change.start + zone.offset(atSecond: change.start - 1) > local
        }
    }
}
