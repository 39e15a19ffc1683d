import Evaluation
import Harness
import Ingest
import Postgres
import Store
import TestSupport
import Testing

/// One id that is told over and over costs what its rows cost, and stops at a limit.
@Suite(.temporaryDatabase, .hangLimit)
struct LongHistoryTests {
    private static let limit = PredictionHistory.rowLimit

    private func laboratory() async throws -> Laboratory {
        try await Laboratory(PredictionTask(name: "t", kind: .binary, sliceKeys: ["country"]))
    }

    private func predictions(_ scores: Range<Int>, id: String = "a", model: String = "m") -> String
    {
        "prediction_id,predicted_at,model,score,country,status\n"
            + scores.map {
                "\(id),2024-01-01T00:00:00Z,\(model),0.\(100_000 + $0),DE,ok\n"
            }.joined()
    }

    private func labels(_ seconds: Range<Int>) -> String {
        "prediction_id,observed_at,label\n"
            + seconds.map {
                let instant = Instant(seconds: 1_704_100_000 + Int64($0)).iso8601
                return "a,\(instant),\($0 % 2)\n"
            }.joined()
    }

    @Test func `T4: rows beyond what one id and model may hold are rejects that say so`()
        async throws
    {
        let laboratory = try await laboratory()
        let first = try await laboratory.predictions(.text(predictions(0..<Self.limit + 200)))
        #expect(first.counts.accepted == 1)
        #expect(first.counts.conflict == Int64(Self.limit - 1))
        #expect(first.counts.rejected == 200)
        let reject = try #require(first.rejects.first)
        #expect(reject.line == Int64(Self.limit) + 2)
        #expect(reject.field == "prediction_id" && reject.value == "a")
        #expect(reject.file == "test.csv")
        #expect(
            reject.reason
                == "This id has 1000 different rows of model m already; no more are kept. An id must name one "
                + "request: check which column is mapped to prediction_id."
        )
        // Another model, and another id, have room of their own.
        let other = try await laboratory.predictions(.text(predictions(0..<2, model: "n")))
        #expect(other.counts.accepted == 1 && other.counts.conflict == 1)
        #expect(try await laboratory.verify().isClean)
    }

    @Test func `T1: what was kept is a duplicate again, and what was not a reject again`()
        async throws
    {
        let laboratory = try await laboratory()
        let rows = Self.limit + 200
        for batch in [0..<700, 700..<rows] {
            try await laboratory.predictions(.text(predictions(batch)))
        }
        let again = try await laboratory.predictions(.text(predictions(0..<rows)))
        #expect(again.counts.duplicate == Int64(Self.limit) && again.counts.rejected == 200)
        #expect(again.counts.accepted == 0 && again.counts.conflict == 0)
        let kept = try await laboratory.pool.withConnection {
            try await UploadLedger($0).rejects(laboratory.task, limit: 1_000)
        }
        #expect(kept.count == 400)
        #expect(try await laboratory.verify().isClean)
    }

    @Test func `T4: a row that was refused can be sent again under another id as it is listed`()
        async throws
    {
        let laboratory = try await laboratory()
        let report = try await laboratory.predictions(.text(predictions(0..<Self.limit + 1)))
        let row = try #require(report.rejects.first?.row)
        #expect(
            row
                == #"{"prediction_id":"a","predicted_at":"2024-01-01T00:00:00Z","model":"m","score":0.101,"#
                + #""country":"DE","status":"ok"}"#
        )
        let again = try await laboratory.predictions(
            .text(row.replacing(#""a""#, with: #""b""#) + "\n", name: "again.ndjson")
        )
        #expect(again.counts.accepted == 1 && again.counts.rejected == 0)
    }

    @Test func `T4: labels beyond what one id may hold are rejects that say so`() async throws {
        let laboratory = try await laboratory()
        try await laboratory.predictions(.text(predictions(0..<1)))
        let first = try await laboratory.labels(.text(labels(0..<Self.limit + 3)))
        #expect(first.counts.accepted == Int64(Self.limit) && first.counts.rejected == 3)
        #expect(first.rejects.first?.reason.hasPrefix("This id has 1000 different labels") == true)
        let again = try await laboratory.labels(.text(labels(0..<Self.limit + 4)))
        #expect(again.counts.duplicate == Int64(Self.limit) && again.counts.rejected == 4)
        #expect(try await laboratory.verify().isClean)
    }

    @Test func `strict refuses an upload whose rows one id cannot hold`() async throws {
        let laboratory = try await laboratory()
        let report = try await laboratory.predictions(
            .text(predictions(0..<Self.limit + 1)),
            strict: true
        )
        #expect(report.isRefused && report.rejects.count == 1)
        #expect(try await laboratory.rowCounts() == [0, 0])
    }

    @Test func `an id with more rows than a copy can be numbered ends nothing`() async throws {
        let laboratory = try await laboratory()
        try await laboratory.predictions(.text(predictions(0..<1)))
        try await laboratory.pool.withConnection { connection in
            try await connection.execute(
                """
                INSERT INTO predictions (
                    known_at, predicted_at, model_set_id, slice_set_id, upload_id, part, copy, key,
                    scores, prediction_id, details)
                SELECT known_at, predicted_at, model_set_id, slice_set_id, upload_id, part,
                    number::smallint, key, ARRAY[number / 40000.0], prediction_id, details
                FROM predictions
                CROSS JOIN generate_series(1, 32767) AS number
                """
            )
        }
        let report = try await laboratory.predictions(.text(predictions(1..<3)))
        #expect(report.counts.rejected == 2)
        let other = try await laboratory.predictions(.text(predictions(1..<3, model: "n")))
        #expect(other.counts.accepted == 1 && other.counts.conflict == 1)
    }

    @Test func `T3: rows that compete are one row a set of models, whatever their number`()
        async throws
    {
        let laboratory = try await laboratory()
        var csv = "prediction_id,predicted_at,model,score,country\n"
        for telling in 0..<300 {
            for model in ["m", "n", "o"].prefix(1 + telling % 3) {
                csv += "a,2024-01-01T00:00:00Z,\(model),0.\(1_000 + telling),DE\n"
            }
        }
        try await laboratory.predictions(.text(csv))
        // All were told together: the k-th of each model share a row.
        #expect(try await laboratory.rowCounts() == [300, 0])
        #expect(try await laboratory.verify().isClean)
    }
}
