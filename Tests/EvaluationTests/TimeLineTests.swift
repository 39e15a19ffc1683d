import Evaluation
import Foundation
import Testing

/// Buckets part the time line, in every zone that this system knows, at every change from 1900 to 2199.
@Suite(.timeLimit(.minutes(10)))
struct TimeLineTests {
    private static let first = -2_208_988_800  // 1900
    private static let last = 7_258_118_400  // 2200

    /// The zones of the system, from the list of their rules.
    static let zones: [String] = {
        let directory = URL(fileURLWithPath: "/usr/share/zoneinfo")
        let files = FileManager.default.enumerator(
            at: directory,
            includingPropertiesForKeys: nil
        )
        let paths = (files?.compactMap { ($0 as? URL)?.path } ?? []).map {
            String($0.dropFirst(directory.path.count + 1))
        }
        return paths.filter { name in
            let data = FileManager.default.contents(atPath: "\(directory.path)/\(name)")
            return data?.starts(with: Array("TZif".utf8)) == true
                && !["posix/", "right/", "posixrules", "localtime"].contains { name.hasPrefix($0) }
        }.sorted()
    }()

    /// Around each change: the change itself, and full and half hours and midnights nearby.
    private func instants(_ zone: ZoneRules) -> [Instant] {
        let changes = zone.stretches.map(\.start).filter { $0 > Self.first && $0 < Self.last }
        let seconds: [Int64] = ([Int64(Self.first), Int64(Self.last)] + changes).flatMap { change in
            [-90_000, -86_400, -7200, -3600, -1800, -60, 0, 60, 1800, 3600, 7200, 86_400, 90_000]
                .map { change + $0 }
        }
        return seconds.flatMap { second in
            let instant = Instant(seconds: second)
            return [instant.previous, instant, instant.next]
        }
    }

    @Test func `the system has some hundred zones`() {
        #expect(Self.zones.count > 300)
        #expect(Self.zones.contains("Australia/Lord_Howe"))
    }

    @Test(arguments: [TimeBucketSize.day, .hour])
    func `number and start are inverse, and buckets meet, in every zone`(
        size: TimeBucketSize
    ) throws {
        for name in Self.zones {
            let zone = try #require(ZoneRules(named: name))
            let buckets = TimeBuckets(zone, size: size)
            var wrong: [String] = []
            var before: (instant: Instant, number: Int32)?
            for instant in instants(zone).sorted() {
                let number = buckets.number(of: instant)
                let window = buckets.window(ofNumber: number)
                if !window.contains(instant)
                    || buckets.number(of: window.lowerBound) != number
                    || buckets.number(of: window.upperBound.previous) != number
                    || buckets.number(of: window.upperBound) <= number
                    || buckets.start(ofNumber: number + 1) != window.upperBound
                    || before.map({ $0.number > number }) == true
                {
                    wrong.append("\(instant.iso8601) in \(number)")
                }
                before = (instant, number)
            }
            #expect(wrong == [], "\(name)")
        }
    }

    @Test func `an hour lies in one day, is no longer than an hour, and has no hole`() throws {
        for name in Self.zones {
            let zone = try #require(ZoneRules(named: name))
            let hours = TimeBuckets(zone, size: .hour)
            var wrong: [String] = []
            for instant in instants(zone) {
                let number = hours.number(of: instant)
                let hour = hours.window(ofNumber: number)
                let length = hour.upperBound.microseconds - hour.lowerBound.microseconds
                if hours.localDay(of: hour.lowerBound)
                    != hours.localDay(of: hour.upperBound.previous)
                    || !(1...3_600_000_000).contains(length)
                    || hours.number(of: hour.upperBound) != number + 1
                {
                    wrong.append("\(instant.iso8601): \(hour)")
                }
            }
            #expect(wrong == [], "\(name)")
        }
    }

    @Test func `hours of zones that are off by whole hours are those of UTC`() throws {
        for name in ["UTC", "Europe/Berlin", "America/New_York", "Asia/Gaza", "Atlantic/Azores"] {
            let zone = try #require(ZoneRules(named: name))
            let hours = TimeBuckets(zone, size: .hour)
            for instant in instants(zone) where instant >= Instant(seconds: 0) {
                let hour = floorDivide(instant.secondsRoundedDown, 3600)
                #expect(hours.number(of: instant) == Int32(hour), "\(name), \(instant.iso8601)")
            }
        }
    }

    @Test func `the ends of time lie in buckets as well`() throws {
        let zone = try #require(ZoneRules(named: "America/St_Johns"))
        for size in [TimeBucketSize.day, .hour] {
            let buckets = TimeBuckets(zone, size: size)
            for instant in [Instant.distantPast, .distantFuture] {
                _ = buckets.window(ofNumber: buckets.number(of: instant))
                _ = buckets.startOfDay(buckets.localDay(of: instant))
            }
            #expect(buckets.end(ofNumber: .max) > buckets.end(ofNumber: 0))
            #expect(buckets.start(ofNumber: .min) < buckets.start(ofNumber: 0))
        }
    }
}
