import EmbeddedPostgres
import Foundation
import TestSupport
import Testing

/// The built program on the database of the test case, with a folder for its files.
struct Program {
    var executable: Executable
    let folder: String

    init() throws {
        executable = try Executable(
            environment: ["GNOMON_DATABASE_URL": TemporaryDatabase.connectionString])
        folder = "\(NSTemporaryDirectory())gnomon-\(UUID().uuidString)"
        try FileManager.default.createDirectory(
            atPath: folder,
            withIntermediateDirectories: true
        )
    }

    func run(_ arguments: String...) async throws -> Command.Outcome {
        try await executable.run(arguments)
    }

    func run(_ arguments: [String]) async throws -> Command.Outcome {
        try await executable.run(arguments)
    }

    /// Runs a command that must succeed.
    ///
    /// - Returns: Its standard output.
    @discardableResult
    func output(
        _ arguments: String...,
        location: SourceLocation = #_sourceLocation
    ) async throws -> String {
        let outcome = try await executable.run(arguments)
        #expect(
            outcome.status == 0 && outcome.errors == "",
            "\(arguments): \(outcome.errors)",
            sourceLocation: location
        )
        return outcome.output
    }

    /// Runs a command with `--format json` that must succeed.
    func json(
        _ arguments: String...,
        location: SourceLocation = #_sourceLocation
    ) async throws -> [String: Any] {
        let outcome = try await executable.run(arguments + ["--format", "json"])
        #expect(outcome.status == 0, "\(arguments): \(outcome.errors)", sourceLocation: location)
        let value = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8))
        return try #require(value as? [String: Any], sourceLocation: location)
    }

    /// Writes a file.
    ///
    /// - Returns: Its path.
    func file(_ name: String, _ text: String) throws -> String {
        try file(name, Data(text.utf8))
    }

    func file(_ name: String, _ data: Data) throws -> String {
        let path = "\(folder)/\(name)"
        try data.write(to: URL(fileURLWithPath: path))
        return path
    }

    /// Two models on a few requests a day for some weeks, with labels.
    ///
    /// - Parameters:
    ///   - task: Created as a binary task with a horizon of two days.
    ///   - champion: What the champion is called.
    ///   - slice: A slice key with a value for every other row.
    func uploadSmallHistory(
        task: String = "small",
        champion: String = "champion",
        slice: String? = nil
    ) async throws {
        var create = ["task", "create", task, "--kind", "binary", "--horizon", "2d"]
        if let slice { create += ["--slices", slice] }
        var generator = TestGenerator(seed: 7)
        var predictions = "prediction_id,predicted_at,known_at,model,version,score"
        predictions += slice.map { ",\($0)\n" } ?? "\n"
        var labels = "prediction_id,observed_at,known_at,label\n"
        for day in 0..<40 {
            let date = day < 31 ? "2013-01-\(pad(day + 1))" : "2013-02-\(pad(day - 30))"
            for request in 0..<6 {
                let isPositive = Double.random(in: 0..<1, using: &generator) < 0.4
                let id = "r\(day)-\(request)"
                let at = "\(date)T1\(request):00:00Z"
                for (model, noise) in [(champion, 0.45), ("shadow", 0.25)] {
                    let lean = (isPositive ? 0.7 : 0.3)
                    let score = lean + noise * Double.random(in: -0.6...0.6, using: &generator)
                    let text = String(format: "%.4f", min(1, max(0, score)))
                    predictions += "\(id),\(at),\(at),\(model),v1,\(text)"
                    predictions += slice == nil ? "\n" : (request % 2 == 0 ? ",even\n" : ",odd\n")
                }
                if request < 5 {
                    labels += "\(id),\(date)T20:00:00Z,\(date)T20:00:00Z,\(isPositive ? 1 : 0)\n"
                }
            }
        }
        try await hear("\(create) \(champion) \(predictions) \(labels)") {
            #expect(try await run(create).status == 0)
            try await output(
                "predictions",
                "upload",
                "--task",
                task,
                "--backfill",
                file("\(task)-predictions.csv", predictions)
            )
            try await output(
                "labels",
                "upload",
                "--task",
                task,
                "--backfill",
                file("\(task)-labels.csv", labels)
            )
            try await output(
                "model",
                "role",
                "--task",
                task,
                champion,
                "champion",
                "--from",
                "2012-12-31"
            )
        }
    }

    /// Brings a story in, where the program works on the database of the test case.
    func hear(_ key: String, tell: () async throws -> Void) async throws {
        let database = executable.environment["GNOMON_DATABASE_URL"]
        guard database == TemporaryDatabase.connectionString else { return try await tell() }
        try await TemporaryDatabase.hear(key, tell: tell)
    }

    private func pad(_ number: Int) -> String {
        number < 10 ? "0\(number)" : "\(number)"
    }
}
