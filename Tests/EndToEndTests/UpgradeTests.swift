import EmbeddedPostgres
import Foundation
import Postgres
import TestSupport
import Testing

/// A database that the version before has filled is upgraded, and answers as it did then.
@Suite(.emptyDatabase, .hangLimit)
struct UpgradeTests {
    private static let folder = "\(Repository.path)/fixtures/upgrade"
    private static var recorder: String? {
        ProcessInfo.processInfo.environment["GNOMON_RECORD_UPGRADE"]
    }

    /// A question with the answer that the version before gave.
    private struct Asked: Codable {
        var arguments: [String]
        var answer: String
    }

    private static let instants = ["2013-04-02T00:00:00Z", "2013-05-10T00:00:00Z"]

    /// Each names the instant that it is about, so that time changes no answer.
    private static func questions(present: String) -> [[String]] {
        var questions: [[String]] = []
        for instant in instants + [present] {
            for question in [
                ["report"], ["report", "--by", "week", "--by-version"], ["report", "--exact"],
                ["report", "--slice", "origin=JFK"], ["calibration"], ["compare"], ["recommend"],
                ["recalibrate"], ["labels", "status"],
            ] {
                questions.append(question + ["--task", "flights", "--as-of", instant])
            }
            for question in [["report"], ["compare"], ["labels", "status"]] {
                questions.append(question + ["--task", "delay", "--as-of", instant])
            }
        }
        return questions
    }

    @Test func `T6 and T7: what the version before has told is upgraded, and told again`()
        async throws
    {
        guard Self.recorder == nil else { return }
        let program = try Program()
        let connection = try await TemporaryDatabase.connect()
        try await connection.executeScript(try Self.unzipped("\(Self.folder)/dump.sql.gz"))
        await connection.close()
        try await program.output("migrate")
        for task in ["flights", "delay"] { try await program.output("verify", "--task", task) }
        let data = Data(try Self.unzipped("\(Self.folder)/answers.json.gz").utf8)
        for asked in try JSONDecoder().decode([Asked].self, from: data) {
            let outcome = try await program.run(asked.arguments + ["--format", "json"])
            if !asked.answer.isEmpty, Self.tellsMore.contains(asked.arguments[0]) {
                let (new, old) = try (Self.told(outcome.output), Self.told(asked.answer))
                #expect(new == old, "\(asked.arguments): \(outcome.errors)")
            } else {
                #expect(outcome.output == asked.answer, "\(asked.arguments): \(outcome.errors)")
            }
        }
        // What an upload would find: a resend is one, and a withdrawal has its rows.
        let listed = try await program.output(
            "uploads",
            "list",
            "--task",
            "flights",
            "--format",
            "csv"
        )
        #expect(listed.split(separator: "\n").count > 5)
        try await program.output(
            "uploads",
            "withdraw",
            "2",
            "--task",
            "flights",
            "--note",
            "after the upgrade"
        )
        try await program.output("verify", "--task", "flights")
    }

    /// Commands that tell more than the version before.
    private static let tellsMore: Set = [
        "report", "calibration", "labels", "compare", "recommend", "recalibrate",
    ]

    /// What is answered, without the members that are new and the sentences, which each version words anew.
    private static func told(_ answer: String) throws -> NSObject {
        func told(_ value: Any) -> Any {
            if let values = value as? [Any] { return values.map(told) }
            guard var members = value as? [String: Any] else { return value }
            for name in [
                "negative_predictive_value", "ledger", "minimum_coverage", "after_use", "reasons",
                "summary",
            ] {
                members[name] = nil
            }
            // Of recommendations.
            if members["epoch"] != nil {
                for name in ["slices", "warnings", "retraining"] { members[name] = nil }
                members["evidence"] = (members["evidence"] as? [[String: Any]])?.filter {
                    ($0["name"] as? String)?.hasPrefix("retraining_") == false
                }
            }
            // Of comparisons.
            for name in [
                "vetoes", "more_pairs_needed", "recurrence", "design_effect", "apart",
            ] {
                members[name] = nil
            }
            // Of uploads; all labels have it.
            if members["received"] != nil { members["label_before_prediction"] = nil }
            return members.mapValues(told)
        }
        let object = try JSONSerialization.jsonObject(with: Data(answer.utf8))
        return try #require(told(object) as? NSObject)
    }

    /// Fills a database with the program that `GNOMON_RECORD_UPGRADE` names, and keeps it with its answers.
    @Test(.enabled(if: recorder != nil))
    func `the next version's fixture`() async throws {
        var program = try Program()
        program.executable.path = try #require(Self.recorder)
        try await program.output("migrate")
        try await Self.fill(program)
        let report = try await program.json("report", "--task", "flights")
        let present = try #require(report["as_of"] as? String)
        // Nothing is known any more at the instant that is asked about later.
        try await program.output("mature", "--task", "flights")
        var asked: [Asked] = []
        for arguments in Self.questions(present: present) {
            let outcome = try await program.run(arguments + ["--format", "json"])
            asked.append(Asked(arguments: arguments, answer: outcome.output))
        }
        let binaries = try PostgresBinaries.installed()
        let dump = try Command(
            arguments: [
                binaries[0].path("pg_dump"), "--no-owner", "--no-privileges", "--inserts",
                "--rows-per-insert=500", TemporaryDatabase.connectionString,
            ]
        ).run()
        try #require(dump.status == 0, "\(dump.errors)")
        let lines = dump.output.split(separator: "\n", omittingEmptySubsequences: false)
            .filter { !$0.hasPrefix("--") && !$0.hasPrefix("\\") && !$0.isEmpty }
        // The rest of a session goes on in the schema that the tables are in.
        let script = lines.joined(separator: "\n") + "\nSET search_path = public;\n"
        try Self.zip(Data(script.utf8), to: "\(Self.folder)/dump.sql.gz")
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        try Self.zip(try encoder.encode(asked), to: "\(Self.folder)/answers.json.gz")
    }

    // MARK: - Something of everything

    private static func fill(_ program: Program) async throws {
        let (predictions, labels) = try flights(in: program.folder)
        let columns = [
            "--columns", "prediction_id=key,predicted_at=event_time,version=model_version",
        ]
        try await program.output(
            "task",
            "create",
            "flights",
            "--kind",
            "binary",
            "--slices",
            "origin",
            "--horizon",
            "2d",
            "--time-zone",
            "America/New_York",
            "--baseline",
            "first:30d"
        )
        let ofFlights = ["--task", "flights"]
        func upload(_ arguments: [String]) async throws {
            let outcome = try await program.run(arguments)
            #expect([0, 65].contains(outcome.status), "\(arguments): \(outcome.errors)")
        }
        try await upload(
            ["predictions", "upload", predictions, "--backfill"] + columns + ofFlights
        )
        try await upload(["labels", "upload", labels, "--backfill"] + ofFlights)
        try await program.output(
            "model",
            "role",
            "--task",
            "flights",
            "champion",
            "champion",
            "--from",
            "2013-01-01"
        )
        try await program.output("compare", "--task", "flights")
        // A wrong file, the right one, what contradicts, what waits, and what cannot be read.
        let header = "prediction_id,predicted_at,model,version,score,origin\n"
        for (name, score) in [("wrong", "0.9"), ("right", "0.1")] {
            let path = "\(program.folder)/\(name).csv"
            let rows = (0..<50).map {
                "late-\($0),2013-05-05T1\($0 % 10):00:00Z,shadow,9,\(score),\($0 % 2 == 0 ? "JFK" : "EWR")\n"
            }
            try (header + rows.joined() + "bad,2013-05-05T10:00:00Z,shadow,9,7,JFK\n")
                .write(toFile: path, atomically: true, encoding: .utf8)
            try await upload(["predictions", "upload", path] + ofFlights)
        }
        try await program.output(
            "uploads",
            "withdraw",
            "3",
            "--task",
            "flights",
            "--note",
            "the wrong file"
        )
        let waiting = "\(program.folder)/waiting.csv"
        try
            "prediction_id,observed_at,label\nnobody,2013-05-06T00:00:00Z,1\nlate-1,2013-05-06T00:00:00Z,1\nlate-1,2013-05-06T00:00:00Z,0\n"
            .write(toFile: waiting, atomically: true, encoding: .utf8)
        try await upload(["labels", "upload", waiting] + ofFlights)
        _ = try await program.run(["recommend", "--task", "flights"])

        try await program.output(
            "task",
            "create",
            "delay",
            "--kind",
            "regression",
            "--horizon",
            "2d",
            "--evidence-unit",
            "entity"
        )
        let delays = "\(program.folder)/delays.csv"
        let delayRows = (0..<300).map { number in
            let day = 10 + number / 30
            return
                "d-\(number),2013-04-\(day)T0\(number % 10):00:00Z,2013-04-\(day)T0\(number % 10):00:00Z,"
                + "m\(number % 2),\(Double(number % 17) * 1e-6),e-\(number % 7)\n"
        }
        try ("prediction_id,predicted_at,known_at,model,value,entity\n" + delayRows.joined())
            .write(toFile: delays, atomically: true, encoding: .utf8)
        try await upload(["predictions", "upload", delays, "--backfill", "--task", "delay"])
        let truths = "\(program.folder)/truths.csv"
        let truthRows = (0..<250).map { number in
            let time = "2013-04-\(10 + number / 30)T1\(number % 10):00:00Z"
            return "d-\(number),\(time),\(time),\(Double(number % 13) * 1e-6)\n"
        }
        try ("prediction_id,observed_at,known_at,label\n" + truthRows.joined())
            .write(toFile: truths, atomically: true, encoding: .utf8)
        try await upload(["labels", "upload", truths, "--backfill", "--task", "delay"])
    }

    /// The first two thousand flights, known when they were scored and when they arrived.
    private static func flights(in folder: String) throws -> (predictions: String, labels: String) {
        let origins = ["JFK", "EWR", "LGA"]
        var known: Set<Substring> = []
        var predictions = "key,event_time,known_at,model,model_version,score,origin\n"
        for line in try unzipped("\(Repository.path)/fixtures/flights_predictions.csv.gz")
            .split(separator: "\n").dropFirst().prefix(4_000)
        {
            let cells = line.split(separator: ",", omittingEmptySubsequences: false)
            known.insert(cells[0])
            let origin = origins.first { cells[0].contains("-\($0)-") } ?? ""
            predictions +=
                "\(cells[0]),\(cells[1]),\(cells[1]),\(cells[2]),\(cells[3]),\(cells[4]),\(origin)\n"
        }
        var labels = "prediction_id,observed_at,known_at,label\n"
        for line in try unzipped("\(Repository.path)/fixtures/flights_labels.csv.gz")
            .split(separator: "\n").dropFirst()
        {
            let cells = line.split(separator: ",", omittingEmptySubsequences: false)
            guard known.contains(cells[0]) else { continue }
            labels += "\(cells[0]),\(cells[1]),\(cells[1]),\(cells[2])\n"
        }
        let paths = ("\(folder)/predictions.csv", "\(folder)/labels.csv")
        try predictions.write(toFile: paths.0, atomically: true, encoding: .utf8)
        try labels.write(toFile: paths.1, atomically: true, encoding: .utf8)
        return paths
    }

    // MARK: - Compressed files

    private static func unzipped(_ path: String) throws -> String {
        let outcome = try Command(arguments: ["/usr/bin/env", "gzip", "-dc", path]).run()
        try #require(outcome.status == 0, "\(path): \(outcome.errors)")
        return outcome.output
    }

    private static func zip(_ data: Data, to path: String) throws {
        let plain = String(path.dropLast(3))
        try data.write(to: URL(fileURLWithPath: plain))
        let outcome = try Command(arguments: ["/usr/bin/env", "gzip", "-9nf", plain]).run()
        try #require(outcome.status == 0, "\(outcome.errors)")
    }
}
