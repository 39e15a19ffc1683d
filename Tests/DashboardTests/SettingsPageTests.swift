import Testing

@testable import Dashboard
@testable import Evaluation

struct SettingsPageTests {
    private func page(_ tolerances: [Tolerance]) -> Page {
        let versions = tolerances.enumerated().map { number, tolerance in
            var task = Examples.task(Name(Examples.hostile))
            task.tolerance = tolerance
            task.sliceKeys = [Name("\(number) \(Examples.hostile)")]
            return SettingsHistory.Version(recordedAt: Examples.day(number), task: task)
        }
        let task = versions[versions.count - 1].task
        return SettingsPage(
            place: TaskPlace(task, asOf: nil),
            history: SettingsHistory(task: task, versions: versions, asOf: Examples.day(400))
        ).page
    }

    @Test func `names that look like markup are text, and a long life stays small`() {
        let page = page((0..<300).map { .relative(Double($0) / 1_000) })
        expectSound(page, "settings")
        #expect(!page.html.text.contains("<script"))
        #expect(page.html.text.contains("The newest 100 of 598 changes."))
    }

    @Test func `the newest change comes first, with what it replaced`() throws {
        let text = page([.relative(0.1), .absolute(0.02), .relative(0.25)]).html.text
        let newest = try #require(text.firstRange(of: "<bdi>0.02</bdi></td><td><bdi>25%</bdi>"))
        let oldest = try #require(text.firstRange(of: "<bdi>10%</bdi></td><td><bdi>0.02</bdi>"))
        #expect(newest.lowerBound < oldest.lowerBound)
    }
}
