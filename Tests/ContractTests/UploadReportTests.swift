import Contract
import Evaluation
import Testing

@Suite struct UploadReportTests {
    @Test func `what an answer says that uploads are contradicted is read back, and adds up`()
        throws
    {
        var report = UploadReport(task: "t")
        report.uploadID = 18
        report.contradicts = [3: 7, 17: 2_000, 18: 7]
        #expect(
            report.json["contradicts"] == [
                ["upload": .integer(17), "rows": .integer(2_000)],
                ["upload": .integer(3), "rows": .integer(7)],
                ["upload": .integer(18), "rows": .integer(7)],
            ]
        )
        var total = try #require(UploadReport(report.json))
        #expect(total.contradicts == report.contradicts)
        var more = UploadReport(task: "t")
        more.contradicts = [17: 1, 19: 2]
        total += more
        #expect(total.contradicts == [3: 7, 17: 2_001, 18: 7, 19: 2])
        #expect(total.contradictingRows == 2_017)
    }

    @Test func `hints are read back, and said once of several files`() throws {
        var report = UploadReport(task: "t")
        report.note(EntityHint(prefixes: 72, example: "user-17", days: 30))
        #expect(report.hints.count == 1)
        #expect(report.json["hints"] == .strings(report.hints))
        var total = try #require(UploadReport(report.json))
        #expect(total.hints == report.hints)
        report.hints = ["another"]
        total += report
        #expect(total.hints.count == 1 && total.hints != ["another"])
        var none = UploadReport(task: "t")
        none += report
        #expect(none.hints == ["another"])
    }
}
