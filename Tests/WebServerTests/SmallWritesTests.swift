import Evaluation
import Foundation
import Harness
import Ingest
import Postgres
import Store
import TestSupport
import Testing

@testable import WebServer

/// Many tasks with small writes to both end points, all at once.
@Suite(.temporaryDatabase, .hangLimit)
struct SmallWritesTests {
    private static func prediction(_ id: String) -> String {
        #"{"prediction_id":"\#(id)","predicted_at":"2024-03-01T00:00:00Z","model":"m","score":0.5}"#
    }

    private static func label(_ id: String) -> String {
        #"{"prediction_id":"\#(id)","observed_at":"2024-03-02T00:00:00Z","label":"1"}"#
    }

    private static func makeTasks(
        _ count: Int,
        _ running: RunningServer
    ) async throws -> [PredictionTask] {
        var tasks: [PredictionTask] = []
        for number in 0..<count {
            let task = PredictionTask(name: Name("t\(number)"), kind: .binary)
            tasks.append(
                try await CreateTask(pool: running.server.backend.writers, task: task).run()
            )
        }
        return tasks
    }

    /// Each task has many more lines at work than there are connections, and each line needs two of them.
    @Test(arguments: [9, 200])
    func `tasks that write at once all get their answers`(count: Int) async throws {
        try await RunningServer.with { running in
            let tasks = try await Self.makeTasks(count, running)
            let writes = running.server.backend.smallWrites
            let rounds = count > 100 ? 2 : 20
            try await withThrowingTaskGroup(of: UploadReport.self) { group in
                for task in tasks {
                    for round in 0..<rounds {
                        for (kind, row) in [
                            (UploadKind.predictions, Self.prediction("p\(round)")),
                            (UploadKind.labels, Self.label("p\(round)")),
                        ] {
                            group.addTask {
                                try await writes.upload(
                                    Array((row + "\n").utf8),
                                    task: task,
                                    kind: kind,
                                    tokenName: nil
                                )
                            }
                        }
                    }
                }
                for try await report in group { #expect(report.counts.accepted == 1) }
            }
            let pool = running.server.backend.readers
            for task in [tasks[0], tasks[count / 2], tasks[count - 1]] {
                let status = try await LabelStatus(pool: pool, task: task).run()
                #expect(status.predictionIDs == rounds && status.labelled == rounds)
                #expect(status.predictionUploads.accepted == Int64(rounds))
                #expect(try await VerifyCells(pool: pool, task: task).run().isClean)
            }
        }
    }

    @Test func `forty tasks post to both end points for a while, and nothing is lost`() async throws
    {
        try await RunningServer.with { running in
            let tasks = try await Self.makeTasks(40, running)
            let client = try await running.client()
            let rounds = 10
            try await withThrowingTaskGroup(of: Void.self) { group in
                for task in tasks {
                    group.addTask {
                        for round in 0..<rounds {
                            async let first = client.post(
                                "/v1/tasks/\(task.name)/predictions",
                                Self.prediction("p\(round)")
                            )
                            async let second = client.post(
                                "/v1/tasks/\(task.name)/labels",
                                Self.label("p\(round)")
                            )
                            let statuses = try await [first.status, second.status]
                            #expect(statuses == [200, 200])
                        }
                    }
                }
                try await group.waitForAll()
            }
            let pool = running.server.backend.readers
            for task in tasks {
                let status = try await LabelStatus(pool: pool, task: task).run()
                #expect(status.predictionIDs == rounds && status.labelled == rounds, "\(task.name)")
                #expect(status.orphans == 0, "\(task.name)")
            }
            for task in tasks.prefix(5) {
                #expect(try await VerifyCells(pool: pool, task: task).run().isClean)
            }
        }
    }

    @Test func `a byte order mark before a body is passed over, however it is sent`() async throws {
        try await RunningServer.with { running in
            let client = try await running.client()
            let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
            _ = try await Self.makeTasks(1, running)
            let row = Array(Self.label("a").utf8)
            let rows: [(type: String, body: [UInt8])] = [
                ("application/json", row), ("application/json", [0x5B] + row + [0x5D]),
                ("application/x-ndjson", row + [0x0A]),
                (
                    "text/csv",
                    Array("prediction_id,observed_at,label\na,2024-03-02T00:00:00Z,1\n".utf8)
                ),
            ]
            for path in ["/v1/tasks/t0/labels", "/v1/tasks/t0/labels?strict=true"] {
                for (type, body) in rows {
                    let reply = try await client.post(path, mark + body, type: type)
                    #expect(reply.status == 200, "\(path) \(type): \(reply.text)")
                    // A second one is part of the first row, and a mark within is none.
                    if type == "application/x-ndjson" {
                        let twice = try await client.post(path, mark + mark + body, type: type)
                        #expect(twice.status == 422, "\(path): \(twice.text)")
                        let plain = path.contains("strict") ? 422 : 200
                        let inside = try await client.post(path, body + mark + body, type: type)
                        #expect(inside.status == plain, "\(path): \(inside.text)")
                        #expect(inside.text.contains("not a JSON object"), "\(inside.text)")
                    }
                }
                let json = try await client.post(path, mark + mark + row)
                #expect(json.status == 400, "\(json.text)")
            }
        }
    }

    @Test func `a body without a row is refused, however it is sent`() async throws {
        try await RunningServer.with { running in
            let client = try await running.client()
            _ = try await Self.makeTasks(1, running)
            for path in ["/v1/tasks/t0/labels", "/v1/tasks/t0/labels?strict=true"] {
                for body in ["", "\n", " \r\n\t\n", "\u{FEFF}", "\u{FEFF}\n"] {
                    let reply = try await client.post(path, body, type: "application/x-ndjson")
                    #expect(reply.status == 422, "\(path)")
                    #expect(reply.text.contains("The body is empty; send rows."), "\(reply.text)")
                }
                #expect(try await client.post(path, "[]").status == 200)
            }
        }
    }

    @Test func `a body means the same whether it is small or large`() async throws {
        try await RunningServer.with { running in
            let client = try await running.client()
            _ = try await Self.makeTasks(2, running)
            let bodies: [[UInt8]] = [
                [0x1F, 0x8B, 0x08, 0x00], [0xFF, 0xFE, 0x7B, 0x00], Array("PAR1".utf8),
                Array("{".utf8), Array("[{}]".utf8), Array("\n\n{}\n\n".utf8),
                Array(#"{"prediction_id":"a","known_at":"2024-03-02T00:00:00Z"}"#.utf8),
                Array((Self.label("b") + "\r").utf8), Array((Self.label("c") + "\r\n").utf8),
            ]
            for body in bodies {
                let small = try await client.post(
                    "/v1/tasks/t0/labels",
                    body,
                    type: "application/x-ndjson"
                )
                // A parameter makes it an upload of its own.
                let large = try await client.post(
                    "/v1/tasks/t1/labels?columns=label=label",
                    body,
                    type: "application/x-ndjson"
                )
                let text = String(decoding: body, as: UTF8.self)
                #expect(small.status == large.status, "\(text): \(small.text) \(large.text)")
                // But for the number of the upload.
                func plain(_ text: String) -> String {
                    text.replacing("t0", with: "t1").replacing(/"upload": \d+/, with: "")
                }
                #expect(
                    plain(small.text) == plain(large.text),
                    "\(text): \(small.text) \(large.text)"
                )
            }
        }
    }
}
