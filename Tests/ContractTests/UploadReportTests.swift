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
}
