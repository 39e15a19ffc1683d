import Evaluation
import Testing

/// What a question starts from, and what it may still read.
struct TaskViewTests {
    private func window(_ from: Int, _ to: Int, hours: Int64 = 0) -> Window {
        Window(
            from: Evidence.instant(from),
            upTo: Evidence.instant(to).advanced(bySeconds: 3_600 * hours)
        )
    }

    @Test func `a question about an instant before the task is a replay`() throws {
        let settings = SettingsOrigin(version: 1, recordedAt: Evidence.instant(50))
        let before = TwoModels(asOf: 49, createdAt: 50)
        #expect(try before.view().replay == Replay(settings: settings))
        #expect(try TwoModels(asOf: 50, createdAt: 50).view().replay == nil)
    }

    @Test func `rows are read as of then where an upload was taken back since`() throws {
        let asOf = Evidence.instant(100)
        #expect(try TwoModels(asOf: 100, newestWithdrawal: 101).view().past == asOf)
        #expect(try TwoModels(asOf: 100, newestWithdrawal: 100).view().past == nil)
        #expect(try TwoModels(asOf: 100).view().past == nil)
        #expect(try TwoModels(newestWithdrawal: 101).view().past == nil)
    }

    @Test func `all rows are kept where none were released`() throws {
        let view = try TwoModels().view()
        #expect(view.keepsRows(of: .always) && view.keepsRowsOfThen && view.keepsCells(of: .always))
    }

    @Test
    func `cells stand for released rows, in whole time buckets and from when they are settled`()
        throws
    {
        let released = ReleasedRows(
            rowsFrom: Evidence.instant(100),
            settledAt: Evidence.instant(120)
        )
        let view = try TwoModels(released: released).view()
        #expect(view.keepsRows(of: window(100, 130)) && !view.keepsRows(of: window(99, 130)))
        #expect(!view.keepsRowsOfThen)
        #expect(view.keepsCells(of: .always) && view.keepsCells(of: window(90, 95)))
        #expect(!view.keepsCells(of: window(90, 95, hours: 1)))
        // Where rows are kept, they tell what lies within a bucket.
        #expect(view.keepsCells(of: window(90, 130, hours: 1)))
        #expect(view.cutsBucket(window(90, 130, hours: 1)) && !view.cutsBucket(window(90, 130)))
        func isKept(asOf day: Int) throws -> Bool {
            try TwoModels(asOf: day, released: released).view().keepsCells(of: window(90, 95))
        }
        #expect(try !isKept(asOf: 119))
        #expect(try isKept(asOf: 120))
        let then = try TwoModels(asOf: 120, released: released, rowsFromThen: 100).view()
        #expect(then.keepsRowsOfThen)
    }
}
