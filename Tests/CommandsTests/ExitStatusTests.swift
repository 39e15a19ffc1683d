import Evaluation
import Harness
import Ingest
import Postgres
import Store
import Testing

@testable import Commands
import Presentation

@Suite struct ExitStatusTests {
    private static let cases: [(any Error & Sendable, Int32)] = [
        (IngestError.noSuchFile("x"), 66), (IngestError.isDirectory("x"), 1),
        (IngestError.truncatedGzip("x"), 1), (IngestError.invalidOption("x"), 64),
        (StoreError.noSuchTask(name: "x", known: []), 66), (StoreError.taskExists(name: "x"), 1),
        (HarnessError.noSuchModel("m", task: "x", models: []), 66),
        (HarnessError.unknownSlice(Slice(key: "a", value: "b"), known: []), 66),
        (HarnessError.invalidSetting(name: "--horizon", value: "x", allowed: "y"), 64),
        (HarnessError.unknownMetric("x", known: []), 64),
        (HarnessError.asOfInFuture(.distantFuture), 64), (HarnessError.noPredictions(task: "x"), 1),
        (HarnessError.baselineRejected(rows: 1, first: "x"), 65),
        (PostgresError(kind: .connection, message: "x"), 69),
        (PostgresError(kind: .server, sqlState: .adminShutdown, message: "x"), 69),
        (PostgresError(kind: .server, sqlState: .diskFull, message: "x"), 1),
        (PostgresError(kind: .cancelled, message: "x"), 130), (CancellationError(), 130),
        (CommandError.schemaMissing, 1),
        (CommandError.fixturesNotFound(searched: ["x"]), 66),
    ]

    @Test func `every error has the documented status and one line`() {
        for (error, status) in Self.cases {
            #expect(ExitStatus.of(error).code == status, "\(error)")
            let line = ExitStatus.line(for: error)
            #expect(line.hasPrefix("gnomon: ") && !line.contains("\n"), "\(line)")
        }
    }

    @Test func `a message of several lines becomes one`() {
        let error = PostgresError(kind: .connection, message: "failed:\n\tis it running?\n")
        #expect(ExitStatus.line(for: error).contains("failed: is it running?"))
    }
}
