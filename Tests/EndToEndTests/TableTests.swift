import EmbeddedPostgres
import Foundation
import TestSupport
import Testing

@Suite(.temporaryDatabase, .hangLimit)
struct TableTests {
    private func expectNarrow(_ text: String, _ location: SourceLocation = #_sourceLocation) {
        for line in text.split(separator: "\n") {
            #expect(line.count <= 100, "\(line)", sourceLocation: location)
            #expect(!line.hasSuffix(" "), "\(line)", sourceLocation: location)
        }
        #expect(!text.contains("\u{1B}"), "no colour in a file", sourceLocation: location)
    }

    @Test func `no table is wider than 100 columns, whatever the names`() async throws {
        let program = try Program()
        let task = "a-task-with-a-name-" + String(repeating: "long-", count: 10)
        let model = "model-" + String(repeating: "wide", count: 40)
        try await program.uploadSmallHistory(task: task, champion: model, slice: "half")
        let commands = [
            ["report"], ["report", "--by", "day"], ["report", "--by", "week"],
            ["report", "--by", "month", "--metrics", "all"], ["report", "--metrics", "all"],
            ["report", "--by-version"], ["report", "--as-of", "2013-01-20T15:00:00Z"],
            ["report", "--slice", "half=even"], ["calibration"], ["calibration", "--bins", "60"],
            ["compare", "--exact"], ["pairs"], ["recommend"], ["verify"], ["labels", "status"],
            ["labels", "rejects"], ["model", "list"],
        ]
        for command in commands {
            let outcome = try await program.run(command + ["--task", task])
            #expect(outcome.status == 0, "\(command): \(outcome.errors)")
            expectNarrow(outcome.output)
        }
        expectNarrow(try await program.output("task", "list"))
        expectNarrow(try await program.output("task", "show", task))
    }

    @Test func `a young window says so in words, with what is still out`() async throws {
        let program = try Program()
        try await program.uploadSmallHistory()
        let report = try await program.output(
            "report",
            "--task",
            "small",
            "--from",
            "2013-01-10",
            "--to",
            "2013-01-11",
            "--as-of",
            "2013-01-10T19:00:00Z"
        )
        #expect(report.contains("young"))
        #expect(report.contains("6 of 6 labels are still out"))
        #expect(report.contains("–"))
        #expect(report.contains("no labelled predictions"))
        let later = try await program.output(
            "report",
            "--task",
            "small",
            "--from",
            "2013-01-10",
            "--to",
            "2013-01-11"
        )
        #expect(later.contains("mature"))
        #expect(later.contains("1 of 6 predictions (16.7 %) have no label"))
    }

    @Test func `the diagram comes as an image that can be read aloud`() async throws {
        let program = try Program()
        try await program.uploadSmallHistory()
        let image = try await program.output(
            "calibration",
            "--task",
            "small",
            "--format",
            "svg"
        )
        let document = try XMLCheck.elements(of: image)
        #expect(document.first == "svg")
        #expect(document.contains("title") && document.contains("desc"))
        #expect(document.filter { $0 == "circle" }.count > 3)
        #expect(image.contains("class=\"band\"") && image.contains("class=\"bars\""))
        #expect(image.contains("small, as known at "))
    }
}

/// The names of the elements of an XML text, which must be well formed.
enum XMLCheck {
    static func elements(of text: String) throws -> [String] {
        let tags = text.matches(of: /<(\/?)([a-z]+)((?:[^>"]|"[^"]*")*?)(\/?)>/)
        var open: [String] = []
        var names: [String] = []
        for tag in tags {
            let name = String(tag.output.2)
            if tag.output.1 == "/" {
                #expect(open.popLast() == name)
            } else {
                names.append(name)
                if tag.output.4 != "/" { open.append(name) }
            }
        }
        #expect(open.isEmpty)
        return names
    }
}
