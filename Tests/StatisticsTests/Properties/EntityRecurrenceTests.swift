import Statistics
import Testing

/// The recurrence of entities is told by the counts of groups alone.
struct EntityRecurrenceTests {
    private static let groups = 64

    /// Each entity is in a group at random, for good, and has some rows on each of its days.
    private func recurrence(
        seed: UInt64,
        days: Int,
        daily: Int,
        rows: Int,
        entity: (_ day: Int, _ number: Int) -> Int
    ) -> Double? {
        var recurrence = EntityRecurrence(groupCount: Self.groups)
        for day in 0..<days {
            var counts = [Double](repeating: 0, count: Self.groups)
            for number in 0..<daily {
                var generator = SeededGenerator(
                    seed: seed &* 1_000_003 &+ UInt64(entity(day, number))
                )
                counts[Int(generator.next() % UInt64(Self.groups))] += Double(rows)
            }
            recurrence.add(counts)
        }
        return recurrence.value
    }

    @Test(arguments: UInt64(1)...5)
    func `entities that never come back have about 1, whatever their rows and days`(seed: UInt64)
        throws
    {
        for (days, daily, rows) in [(20, 30, 1), (200, 30, 1), (100, 20, 20)] {
            let value = try #require(
                recurrence(seed: seed, days: days, daily: daily, rows: rows) { $0 * 1_000 + $1 }
            )
            // The standard error is 0.18.
            #expect(abs(value - 1) < 4.5 * 0.18, "\(value)")
        }
    }

    @Test(arguments: UInt64(1)...5)
    func `entities that come back on w days have about w`(seed: UInt64) throws {
        // 72 entities on each of 40 days.
        let all = try #require(
            recurrence(seed: seed, days: 40, daily: 72, rows: 3) { $1 }
        )
        #expect(abs(all / 40 - 1) < 1e-9)
        // 100 of 400 on each of 80 days, each of them on 20.
        let some = try #require(
            recurrence(seed: seed, days: 80, daily: 100, rows: 1) { ($0 % 4) * 100 + $1 }
        )
        #expect(abs(some / 20 - 1) < 0.6, "\(some)")
        // Every entity on two days running.
        let pairs = try #require(
            recurrence(seed: seed, days: 200, daily: 50, rows: 1) { ($0 / 2) * 1_000 + $1 }
        )
        #expect(abs(pairs / 2 - 1) < 0.5, "\(pairs)")
    }

    @Test func `without rows, and with all groups alike, nothing is known`() {
        var recurrence = EntityRecurrence(groupCount: 4)
        #expect(recurrence.value == nil)
        recurrence.add([5, 5, 5, 5])
        #expect(recurrence.value == nil)
        recurrence.add([1, 0, 0, 0])
        #expect(recurrence.value == 1)
    }
}
