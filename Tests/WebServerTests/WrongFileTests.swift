import Evaluation
import Foundation
import Harness
import Postgres
import TestSupport
import Testing

@testable import WebServer

/// The story of the wrong file: a task that got one and took it back answers as one that never saw it.
@Suite(.temporaryDatabase, .hangLimit)
struct WrongFileTests {
    private static let spoilt: Name = "mistaken"
    private static let clean: Name = "unspoilt"

    private static let answers = [
        "report?by=week&", "report?exact=true&by_version=true&", "report?slice=origin%3DJFK&",
        "calibration?", "calibration?model=shadow&exact=true&", "comparison?",
        "comparison?exact=true&", "comparison?metric=accuracy&", "recommendation?",
        "recalibration?", "labels/status?", "rows?limit=50&", "rows?order=worst&limit=50&",
    ]
    private static let pages = [
        "", "/calibration", "/comparison", "/recommendation", "/labels", "/slices", "/rows",
    ]

    /// The flights of some weeks, one of each minute, of which the right file says p and the wrong one 1 − p: of
    /// predictions of one time the order is another in each task.
    private struct Flights {
        var right = "prediction_id,predicted_at,known_at,model,version,score,origin\n"
        var wrong = "prediction_id,predicted_at,known_at,model,version,score,origin\n"
        var labels = "prediction_id,observed_at,known_at,label\n"

        private static let end = "2013-06-01"

        init() throws {
            var keys: [Substring: Substring] = [:]
            for line in try Self.lines("flights_predictions.csv.gz") {
                let cells = line.split(separator: ",", omittingEmptySubsequences: false)
                guard cells[1] < Self.end, let score = Double(cells[4]) else { continue }
                guard keys[cells[1], default: cells[0]] == cells[0] else { continue }
                keys[cells[1]] = cells[0]
                let start = "\(cells[0]),\(cells[1]),\(cells[1]),\(cells[2]),\(cells[3])"
                let origin = cells[0].split(separator: "-")[1]
                right += "\(start),\(cells[4]),\(origin)\n"
                wrong += "\(start),\(String(format: "%.5f", 1 - score)),\(origin)\n"
            }
            let known = Set(keys.values)
            for line in try Self.lines("flights_labels.csv.gz") {
                let cells = line.split(separator: ",", omittingEmptySubsequences: false)
                guard known.contains(cells[0]) else { continue }
                labels += "\(cells[0]),\(cells[1]),\(cells[1]),\(cells[2])\n"
            }
        }

        private static func lines(_ name: String) throws -> [Substring] {
            let gzip = Process()
            gzip.executableURL = URL(fileURLWithPath: "/usr/bin/env")
            gzip.arguments = ["gzip", "-dc", Fixtures.path(name)]
            let pipe = Pipe()
            gzip.standardOutput = pipe
            try gzip.run()
            let data = try pipe.fileHandleForReading.readToEnd() ?? Data()
            return String(decoding: data, as: UTF8.self).split(separator: "\n").dropFirst()
                .map { $0 }
        }
    }

    private struct Task {
        var name: Name
        var client: Client

        var path: String { "/v1/tasks/\(name)" }

        func create() async throws {
            let made = try await client.post(
                "/v1/tasks",
                #"{"task":"\#(name)","kind":"binary","horizon":"2d","slices":["origin"],"#
                    + #""time_zone":"America/New_York","baseline":"first:30d"}"#
            )
            #expect(made.status == 201, "\(made.text)")
        }

        @discardableResult
        func upload(_ kind: String, _ rows: String) async throws -> Int64 {
            let reply = try await client.post(
                "\(path)/\(kind)?backfill=true",
                rows,
                type: "text/csv"
            )
            #expect(reply.status == 200, "\(reply.text)")
            return try #require(reply.integer("upload"))
        }

        func nameChampion() async throws {
            let reply = try await client.send(
                "PUT",
                "\(path)/models/champion/role",
                ["Content-Type": "application/json"],
                body: Array(#"{"role":"champion","from":"2013-01-01"}"#.utf8)
            )
            #expect(reply.status == 200, "\(reply.text)")
        }

        func withdraw(_ upload: Int64) async throws {
            let reply = try await client.post(
                "\(path)/withdrawals",
                #"{"upload":\#(upload),"note":"1 - p instead of p"}"#
            )
            #expect(reply.status == 200, "\(reply.text)")
            #expect(reply.text.contains("\"stayed\": 0") && reply.text.contains("\"late\": 0"))
        }

        func present() async throws -> String {
            try #require(try await client.get("\(path)/report").string("as_of"))
        }

        /// What is answered, but for the name of the task, for the places in lists, which are made from keys, and for
        /// what the ledger said of the predictions when they came: conflicts, for the wrong ones counted.
        func text(_ path: String) async throws -> String {
            let reply = try await client.get(path)
            #expect(reply.status == 200, "\(path): \(reply.text.prefix(300))")
            return reply.text.replacing(name.text, with: "TASK")
                .replacing(/cursor=[A-Za-z0-9_-]+|"next_cursor": "[^"]*"/, with: "CURSOR")
                .replacing(/"uploads": \{\s+"predictions": \{[^}]*\}/, with: "\"uploads\": {")
        }
    }

    /// Waits until the service has frozen cohorts, of which nobody has asked.
    private static func isFrozen(_ task: Task) async throws {
        let connection = try await TemporaryDatabase.connect()
        try await eventually("the service has frozen cohorts") {
            try await connection.query(
                """
                SELECT count(*) AS cohort_count
                FROM cohorts
                JOIN tasks USING (task_id)
                WHERE tasks.name = \(task.name.text) AND cohorts.has_labels
                """
            ).single().int("cohort_count") >= 50
        }
        await connection.close()
    }

    private static func withoutContradictions(_ answer: String) throws -> NSDictionary {
        let object = try JSONSerialization.jsonObject(with: Data(answer.utf8))
        var members = try #require(object as? [String: Any])
        members["contradictions"] = nil
        return members as NSDictionary
    }

    private static func differences(_ left: String, _ right: String) -> String {
        zip(left.split(separator: "\n"), right.split(separator: "\n")).filter { $0 != $1 }.prefix(3)
            .map { "\($0.prefix(400))\n\($1.prefix(400))" }.joined(separator: "\n")
    }

    @Test
    func `after its withdrawal nothing tells of the wrong file, and before it everything does`()
        async throws
    {
        let flights = try Flights()
        try await RunningServer.with {
            $0.backgroundInterval = .milliseconds(200)
        } _: { running in
            func task(_ name: Name) async throws -> Task {
                let task = Task(
                    name: name,
                    client: running.client(try await running.token(tasks: [name]))
                )
                try await task.create()
                return task
            }
            let mistaken = try await task(Self.spoilt)
            let unspoilt = try await task(Self.clean)
            let wrong = try await mistaken.upload("predictions", flights.wrong)
            for task in [mistaken, unspoilt] {
                if task.name == Self.clean { try await task.upload("predictions", flights.right) }
                try await task.upload("labels", flights.labels)
                try await task.nameChampion()
            }
            let between = try await mistaken.present()
            let asked = "\(mistaken.path)/report?by=week&as_of=\(between)"
            let then = try await mistaken.text(asked)
            try await mistaken.upload("predictions", flights.right)
            // With the wrong rows, and of no use to anybody.
            try await Self.isFrozen(mistaken)
            try await mistaken.withdraw(wrong)
            // The right file says that it was known then: what it contradicts is told, and no number is another.
            #expect(
                try Self.withoutContradictions(try await mistaken.text(asked))
                    == Self.withoutContradictions(then)
            )

            let now = try await unspoilt.present()
            for answer in Self.answers {
                let texts = try await [mistaken, unspoilt].asyncMap {
                    try await $0.text("\($0.path)/\(answer)as_of=\(now)")
                }
                #expect(texts[0] == texts[1], "\(answer)\n\(Self.differences(texts[0], texts[1]))")
                if answer.hasPrefix("report?by=week") {
                    #expect(texts[0] != then.replacing(between, with: now), "wrong numbers then")
                }
            }
            for page in Self.pages {
                let texts = try await [mistaken, unspoilt].asyncMap {
                    try await $0.text("/tasks/\($0.name)\(page)?as_of=\(now)")
                }
                #expect(texts[0] == texts[1], "\(page)\n\(Self.differences(texts[0], texts[1]))")
            }
            #expect(
                try await mistaken.text("\(mistaken.path)/models")
                    == unspoilt.text("\(unspoilt.path)/models")
            )
            let overviews = try await [mistaken, unspoilt].asyncMap {
                try await $0.text("/?as_of=\(now)")
            }
            #expect(overviews[0] == overviews[1])
        }
    }
}

extension Array {
    fileprivate func asyncMap<T>(_ transform: (Element) async throws -> T) async throws -> [T] {
        var values: [T] = []
        for element in self { values.append(try await transform(element)) }
        return values
    }
}
