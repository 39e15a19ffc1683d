import DecisionScenarios
import Evaluation
import Harness
import Ingest
import Postgres
import TestSupport

extension Laboratory {
    /// With a clock that shows the end of the histories.
    static func of(
        _ history: FileHistory,
        named name: Name = "order"
    ) async throws -> (Laboratory, TestClock) {
        let clock = TestClock(microsecondsSince1970: FileHistory.end.microseconds)
        var configuration = TemporaryDatabase.configuration
        configuration.clock = clock
        var task = history.task
        task.name = name
        return (try await Laboratory(task, on: configuration), clock)
    }

    @discardableResult
    func load(_ file: FileHistory.File) async throws -> UploadReport {
        file.isLabels
            ? try await labels(.text(file.text), backfill: true)
            : try await predictions(.text(file.text), backfill: true)
    }

    /// A row that is known from its coming on.
    func goLive(_ id: String = "live") async throws {
        try await predictions(
            .text(
                "prediction_id,predicted_at,model,score\n\(id),\(FileHistory.end.iso8601),champion,0.5\n"
            )
        )
    }
}
