import Testing

@testable import Evaluation

/// Which rows an entry of the ledger should have had.
struct InTimeRowsTests {
    /// Told on day 30: of a horizon of 21 days, the cohorts of days 0 to 8 are mature, and those of 3 and 7 days older ones.
    private func rows(_ note: (inout InTimeRows) -> Void) throws -> [CohortKey: Int64] {
        let task = Evidence.task()
        let buckets = try task.timeBuckets()
        var rows = InTimeRows(
            ages: Set(task.cohortAges),
            buckets: buckets,
            toldAt: Evidence.instant(30)
        )
        note(&rows)
        return rows.rows
    }

    private func key(_ day: Int, age: Int64) throws -> CohortKey {
        let buckets = try Evidence.task().timeBuckets()
        return CohortKey(bucket: buckets.number(of: Evidence.instant(day)), age: age * 86_400)
    }

    @Test func `a row is in time for the ages by which it says that it was known`() throws {
        let early = try rows {
            $0.note(knownAt: Evidence.instant(4), predictedAt: [Evidence.instant(2)], count: 3)
        }
        #expect(try early == [key(2, age: 3): 3, key(2, age: 7): 3, key(2, age: 21): 3])
        // Day 2 ends at 3 and is a week old at 10.
        let late = try rows {
            $0.note(knownAt: Evidence.instant(10), predictedAt: [Evidence.instant(2)])
            $0.note(knownAt: Evidence.instant(11), predictedAt: [Evidence.instant(2)])
            $0.note(knownAt: Evidence.instant(25), predictedAt: [Evidence.instant(2)])
        }
        #expect(try late == [key(2, age: 7): 1, key(2, age: 21): 2])
    }

    @Test
    func `nothing is in time for what has not matured, or where it is known from its coming on`()
        throws
    {
        // Day 20 ends at 21: of 3 and of 7 days it is, and of 21 it is not yet.
        let young = try rows {
            $0.note(knownAt: Evidence.instant(21), predictedAt: [Evidence.instant(20)])
        }
        #expect(try young == [key(20, age: 3): 1, key(20, age: 7): 1])
        let live = try rows {
            $0.note(knownAt: Evidence.instant(30), predictedAt: [Evidence.instant(2)])
        }
        #expect(live.isEmpty)
    }

    @Test func `a request of two days touches both, and one of a day once`() throws {
        let both = try rows {
            $0.note(
                knownAt: Evidence.instant(1),
                predictedAt: [Evidence.instant(0), Evidence.instant(0), Evidence.instant(1)]
            )
        }
        #expect(try both[key(0, age: 21)] == 1 && both[key(1, age: 21)] == 1)
    }
}
