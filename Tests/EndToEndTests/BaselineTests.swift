import EmbeddedPostgres
import Foundation
import TestSupport
import Testing

@Suite(.temporaryDatabase, .hangLimit)
struct BaselineTests {
    private let mapping = "prediction_id=key,predicted_at=event_time,score=score_champion"

    @Test func `a file of labelled predictions becomes the baseline`() async throws {
        let program = try Program()
        let json = try await program.json(
            "task",
            "create",
            "rain",
            "--kind",
            "binary",
            "--horizon",
            "3d",
            "--tolerance",
            "25%",
            "--baseline",
            "file:\(Fixtures.path("rain_reference.csv.gz"))",
            "--columns",
            mapping
        )
        #expect(json["baseline"] as? String == "file")
        let again = try await program.output(
            "task",
            "set",
            "rain",
            "--baseline",
            Fixtures.path("rain_reference.csv.gz"),
            "--columns",
            mapping
        )
        #expect(again.contains("The baseline has 730 cohorts of 730 labelled predictions."))
    }

    @Test func `a file that is not there is found before the task is made`() async throws {
        let program = try Program()
        let outcome = try await program.run(
            "task",
            "create",
            "rain",
            "--kind",
            "binary",
            "--baseline",
            "file:/no/such.csv"
        )
        #expect(outcome.status == 66)
        #expect(try await program.output("task", "list").contains("No tasks yet"))
    }

    @Test func `a file that cannot be used says how to go on`() async throws {
        let program = try Program()
        let path = try program.file(
            "b.csv",
            "prediction_id,predicted_at,score,label\na,2013-01-01T00:00:00Z,7,1\n"
        )
        let outcome = try await program.run(
            "task",
            "create",
            "t",
            "--kind",
            "binary",
            "--baseline",
            "file:\(path)"
        )
        #expect(outcome.status == 65)
        #expect(outcome.errors.contains("gnomon task set t --baseline file:\(path)"))
        #expect(outcome.errors.split(separator: "\n").count == 1)
    }
}
