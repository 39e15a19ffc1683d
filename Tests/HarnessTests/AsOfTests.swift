import Evaluation
import Harness
import Ingest
import Postgres
import Store
import TestSupport
import Testing

@Suite(.temporaryDatabase, .hangLimit)
struct AsOfTests {
    @Test func `T7: a question about the past waits for a writer that knew before it`() async throws
    {
        let laboratory = try await Laboratory(PredictionTask(name: "t", kind: .binary))
        try await laboratory.predictions(
            .text("prediction_id,predicted_at,model,score\na,2024-01-01T00:00:00Z,m,0.5\n")
        )
        let writer = try await TemporaryDatabase.connect()
        let observer = try await TemporaryDatabase.connect()
        let task = laboratory.task
        // The writer is in the gate, knows a row, and has not committed it.
        _ = try await writer.execute("BEGIN")
        let knownAt = try await Gate(writer).enter(task)
        _ = try await writer.execute(
            """
            INSERT INTO predictions (
                known_at, predicted_at, model_set_id, slice_set_id, upload_id, part, copy, key, scores,
                prediction_id, details)
            SELECT \(knownAt), predicted_at, model_set_id, slice_set_id, upload_id, part, copy,
                '00000000-0000-0000-0000-0000000000ff'::uuid, scores, 'b', details
            FROM predictions
            """
        )
        let asOf = try await observer.now()
        async let answer = laboratory.report(ReportQuery(asOf: asOf))
        try await TemporaryDatabase.waiters()
        _ = try await writer.execute("COMMIT")
        #expect(try await answer.models.first?.windows.first?.predictions == 2)
        await writer.close()
        await observer.close()
    }

    @Test func `T7: an instant of the future is refused`() async throws {
        let laboratory = try await Laboratory(PredictionTask(name: "t", kind: .binary))
        await #expect(throws: HarnessError.self) {
            _ = try await laboratory.report(
                ReportQuery(asOf: try Instant(parsing: "2124-01-01T00:00:00Z"))
            )
        }
    }
}
