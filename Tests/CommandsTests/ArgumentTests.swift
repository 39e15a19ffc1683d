import ArgumentParser
import Contract
import Endpoints
import Evaluation
import Harness
import Testing

@testable import Commands
import Presentation

@Suite struct OptionTextsTests {
    @Test func `lists, slices and partitions`() throws {
        #expect(OptionTexts.list("a, b,,c") == ["a", "b", "c"])
        #expect(try SliceText.slice("country=DE").value == "DE")
        #expect(try SliceText.slice("a=b=c").value == "b=c")
        #expect(throws: TextError.self) { try SliceText.slice("=DE") }
        #expect(try PartitionText.partition("364d") == .year)
        #expect(throws: TextError.self) { try PartitionText.partition("30d") }
    }

    @Test func `the option goes before the environment, and empty texts are none`() {
        #expect(DatabaseLocation(option: nil, environment: nil) == .embedded(name: nil))
        #expect(DatabaseLocation(option: "", environment: "") == .embedded(name: nil))
        #expect(DatabaseLocation(option: "a", environment: "b") == .server("a"))
        #expect(DatabaseLocation(option: nil, environment: "b") == .server("b"))
        #expect(DatabaseLocation(option: "embedded:x", environment: "b") == .embedded(name: "x"))
    }
}

@Suite struct TaskSettingsTests {
    private func task(_ arguments: String...) throws -> PredictionTask {
        let command = try #require(
            try Gnomon.parseAsRoot(["task", "create", "t"] + arguments) as? TaskCreateCommand
        )
        return try TaskChange(try #require(command.asked.body), isNew: true).newTask()
    }

    @Test func `every setting reaches the task`() throws {
        let task = try task(
            "--kind",
            "binary",
            "--classes",
            "no,yes",
            "--positive",
            "no",
            "--threshold",
            "0.3",
            "--horizon",
            "6h",
            "--no-label-means",
            "negative",
            "--time-zone",
            "Europe/Berlin",
            "--bucket",
            "hour",
            "--slices",
            "country,channel",
            "--evidence-unit",
            "entity",
            "--label-sources",
            "human,rule",
            "--baseline",
            "first:2d",
            "--tolerance",
            "0.02",
            "--partition",
            "7d"
        )
        #expect(task.classes == ["no", "yes"] && task.positiveClass == 0)
        #expect(task.threshold == 0.3 && task.horizonSeconds == 21_600)
        #expect(task.labelPolicy == .negative && task.timeZone.name == "Europe/Berlin")
        #expect(task.bucketSize == .hour && task.sliceKeys == ["country", "channel"])
        #expect(task.evidenceUnit == .entity && task.labelSources == ["human", "rule"])
        #expect(task.baseline == .first(cohorts: 48) && task.tolerance == .absolute(0.02))
        #expect(task.partitionDays == .week)
    }

    @Test func `the second class is the positive one unless said otherwise`() throws {
        let task = try task("--kind", "binary", "--classes", "stays,leaves")
        #expect(task.positiveClass == 1)
    }

    @Test func `settings that do not go with the kind are refused`() throws {
        for (arguments, said) in [
            (
                ["--kind", "regression", "--threshold", "1"],
                "leave out --classes, --positive, --threshold and --no-label-means negative."
            ),
            (["--kind", "multiclass", "--threshold", "1"], "--threshold is for binary tasks."),
            (
                ["--kind", "binary", "--positive", "x"],
                "--positive \"x\" is none of the classes: 0, 1."
            ),
        ] {
            let error = try #require(throws: (any Error).self) {
                try Gnomon.parseAsRoot(["task", "create", "t"] + arguments)
            }
            #expect(Gnomon.message(for: error).contains(said))
        }
        #expect(try task("--kind", "regression").classes == [])
    }
}
