import Evaluation
import Testing

@testable import Dashboard

struct ScaleTests {
    /// In winter, and from 10 March 2013 in summer.
    private static let newYork = ZoneRules(
        offset: -5 * 3600,
        changes: [ZoneRules.Stretch(start: 1_362_898_800, offset: -4 * 3600)]
    )

    @Test func `ticks are round and lie within the domain`() {
        let scale = Scale(0.07...0.42, from: 100, to: 0)
        #expect(scale.ticks(4).map { Int(($0 * 10).rounded()) } == [1, 2, 3, 4])
        #expect(scale.decimals(4) == 1)
        #expect(scale.place(0.07) == 100 && scale.place(0.42) == 0)
        #expect(scale.placeInside(7) == 0)
    }

    @Test func `ticks around nothing have no sign of minus`() {
        let zero = Scale(-1.0...1, from: 0, to: 1).ticks(4).first { $0 == 0 }
        #expect(zero?.sign == .plus)
    }

    @Test(
        arguments: [
            [], [5], [0], [3, 3, 3], [.nan, 1], [1e-12, 2e-12], [-1e9, 1e9], [.infinity, 2, 3],
        ] as [[Double]]
    )
    func `whatever the values are, places and ticks are numbers`(values: [Double]) {
        let scale = Scale(values, from: 200, to: 20)
        #expect(scale.domain.lowerBound < scale.domain.upperBound)
        for tick in scale.ticks() {
            #expect(scale.domain.contains(tick))
            #expect(scale.place(tick).isFinite)
        }
        #expect(scale.ticks().count <= 12)
    }

    @Test func `places have the fewest digits that tell them apart`() {
        #expect(Place.text(3) == "3")
        #expect(Place.text(3.14159) == "3.1")
        #expect(Place.text(-0.31) == "-0.3")
        #expect(Place.text(-0.01) == "0")
        #expect(Place.text(.nan) == "0")
    }

    @Test(arguments: [0.02, 0.5, 2, 20, 60, 200, 700, 5_000, 40_000])
    func `time has between one and a dozen ticks within the interval`(days: Double) throws {
        let buckets = TimeBuckets(Self.newYork, size: .day)
        let start = Instant(seconds: 1_362_373_200)
        let interval = Window(
            from: start,
            upTo: start.advanced(bySeconds: Int64(86_400 * days))
        )
        let axis = TimeAxis(interval, buckets: buckets, from: 0, to: 600)
        let ticks = axis.ticks()
        #expect(ticks.count <= 14)
        #expect(!ticks.isEmpty || days < 1)
        for tick in ticks { #expect(interval.contains(tick.at), "\(tick)") }
        #expect(Set(ticks.map(\.at)).count == ticks.count)
    }

    @Test func `dates are those of the task's time zone`() throws {
        let buckets = TimeBuckets(Self.newYork, size: .day)
        // 2013-03-01T00:00 to 2013-06-01T00:00 in New York, across the change of the clock.
        let interval = Window(
            from: Instant(seconds: 1_362_114_000),
            upTo: Instant(seconds: 1_370_059_200)
        )
        let ticks = TimeAxis(interval, buckets: buckets, from: 0, to: 600).ticks(4)
        #expect(ticks.map(\.text) == ["Mar 2013", "Apr", "May"])
        #expect(ticks.map(\.at.iso8601)[1] == "2013-04-01T04:00:00Z")
    }
}
