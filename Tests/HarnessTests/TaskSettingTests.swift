import Evaluation
import Harness
import TestSupport
import Testing

@Suite(.temporaryDatabase, .hangLimit)
struct TaskSettingTests {
    @Test(arguments: [0, 29, 876_601, Int(Int32.max) + 1, .max])
    func `a baseline of so many cohorts is refused, and ends nothing`(cohorts: Int) async throws {
        await #expect(throws: HarnessError.self) {
            _ = try await Laboratory(
                PredictionTask(name: "t", kind: .binary, baseline: .first(cohorts: cohorts))
            )
        }
    }
}
