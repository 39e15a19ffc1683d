import DecisionScenarios
import Evaluation
import Foundation
import Statistics
import TestSupport
import Testing

@testable import WebServer

/// A history that two senders bring while the service freezes what is due, and while somebody looks, is decided upon as one
/// that came in two files.
@Suite(.temporaryDatabase, .hangLimit)
struct HistoryOrderTests {
    private struct Task {
        var name: String
        var client: Client

        func create() async throws {
            let made = try await client.post(
                "/v1/tasks",
                #"{"task":"\#(name)","kind":"binary","horizon":"2d","baseline":"first:30d"}"#
            )
            #expect(made.status == 201, "\(made.text)")
        }

        func send(_ file: FileHistory.File) async throws {
            let reply = try await client.post(
                "/v1/tasks/\(name)/\(file.isLabels ? "labels" : "predictions")?backfill=true",
                file.text,
                type: "text/csv"
            )
            #expect(reply.status == 200, "\(reply.text)")
        }

        /// What is decided as of a day, but for the name of the task and the instants of its making.
        func decided(asOf day: Int) async throws -> String {
            var text = ""
            for question in ["recommendation", "comparison"] {
                let at = FileHistory.day(day).iso8601
                let reply = try await client.get("/v1/tasks/\(name)/\(question)?as_of=\(at)")
                #expect(reply.status == 200, "\(reply.text)")
                text += reply.text
            }
            return text.replacing(name, with: "TASK")
                .replacing(/"(champion_assumed|settings)_since": "[^"]*"/, with: "SINCE")
        }
    }

    @Test(arguments: 0..<3)
    func `two senders and a service that ticks change nothing`(seed: UInt64) async throws {
        let history = FileHistory(seed: 100 + seed, breaks: seed == 1 ? 50 : nil)
        try await RunningServer.with {
            $0.backgroundInterval = .milliseconds(100)
        } _: { running in
            let client = try await running.client()
            let (whole, parts) = (
                Task(name: "whole", client: client), Task(name: "parts", client: client)
            )
            for task in [whole, parts] { try await task.create() }
            for file in history.whole { try await whole.send(file) }

            var generator = SeededGenerator(seed: seed)
            let files = history.files(using: &generator).shuffled(using: &generator)
            try await withThrowingTaskGroup { group in
                for sender in 0..<2 {
                    group.addTask {
                        for (place, file) in files.enumerated() where place % 2 == sender {
                            try await parts.send(file)
                        }
                    }
                }
                group.addTask {
                    for day in stride(from: 40, to: FileHistory.dayCount, by: 10) {
                        _ = try await parts.client.get(
                            "/v1/tasks/parts/recommendation?as_of=\(FileHistory.day(day).iso8601)"
                        )
                    }
                }
                try await group.waitForAll()
            }
            for day in [50, 70, FileHistory.dayCount + 3] {
                let (one, other) = (
                    try await whole.decided(asOf: day), try await parts.decided(asOf: day)
                )
                #expect(one == other)
            }
        }
    }
}
