import Evaluation
import Harness
import Ingest
import TestSupport
import Testing

/// Days, weeks and months of a zone whose clocks go back by half an hour, counted by another library.
@Suite(.temporaryDatabase, .hangLimit)
struct LordHoweTests {
    @Test(arguments: [TimeBucketSize.hour, .day])
    func `each half hour is counted in its local day, week and month`(
        size: TimeBucketSize
    ) async throws {
        var task = PredictionTask(name: "t", kind: .binary)
        task.timeZone = NamedZone("Australia/Lord_Howe")
        task.bucketSize = size
        task.horizonSeconds = 86_400
        let laboratory = try await Laboratory(task)
        let start = try Instant(parsing: "2025-04-04T00:00:00Z")
        var predictions = "prediction_id,predicted_at,model,score\n"
        var labels = "prediction_id,observed_at,label\n"
        for index in 0..<192 {
            let at = start.advanced(bySeconds: 1800 * Int64(index))
            predictions += "k\(index),\(at.iso8601),m,0.5\n"
            labels += "k\(index),\(at.advanced(bySeconds: 3600).iso8601),\(index % 2)\n"
        }
        try await laboratory.predictions(.text(predictions))
        try await laboratory.labels(.text(labels))
        let expected: [(ReportPeriod, [Int])] = [
            (.day, [26, 48, 49, 48, 21]), (.week, [123, 69]), (.month, [192]),
        ]
        for (period, counts) in expected {
            for isExact in [false, true] {
                let report = try await laboratory.report(
                    ReportQuery(period: period, isExact: isExact)
                )
                #expect(report.models.first?.windows.map(\.predictions) == counts, "\(period)")
            }
        }
        #expect(try await laboratory.verify().isClean)
    }
}
