import Contract
import Evaluation
import Harness
import Postgres
import TestSupport
import Testing

@testable import WebServer

/// A body is merged a few rows at a time, and means what it would mean in one piece.
@Suite(.temporaryDatabase, .hangLimit)
struct ChunkTests {
    private static let predictions = "/v1/tasks/mine/predictions"
    private static let labels = "/v1/tasks/mine/labels"
    private static let header = "prediction_id,predicted_at,model,version,score\n"

    private func with(
        _ body: @escaping @Sendable (RunningServer, Client) async throws -> Void
    ) async throws {
        try await RunningServer.with({ $0.limits.rowsAtOnce = 7 }) { running in
            let client = try await running.client()
            _ = try await client.post("/v1/tasks", #"{"task":"mine","kind":"binary"}"#)
            try await body(running, client)
            let verified = try await client.send("POST", "/v1/tasks/mine/verification", body: [])
            #expect(verified.json["clean"] == .bool(true), "\(verified.text)")
        }
    }

    private static func row(_ id: Int, _ model: String = "m", score: Double = 0.25) -> String {
        "p\(id),2020-01-0\(1 + id % 9)T00:00:00Z,\(model),1,\(score)\n"
    }

    @Test func `a key that comes again in a later part is known there`() async throws {
        try await with { running, client in
            var text = Self.header
            for id in 0..<60 { text += Self.row(id) }
            // The same again; with another score; by another model, whose rows make pairs.
            for id in 0..<20 { text += Self.row(id) }
            for id in 20..<30 { text += Self.row(id, score: 0.75) }
            for id in 0..<40 { text += Self.row(id, "n") }
            let reply = try await client.post(Self.predictions, text, type: "text/csv")
            #expect(reply.integer("received") == 130, "\(reply.text)")
            #expect(reply.integer("accepted") == 100, "\(reply.text)")
            #expect(reply.integer("duplicate") == 20, "\(reply.text)")
            #expect(reply.integer("conflict") == 10, "\(reply.text)")
            let again = try await client.post(Self.predictions, text, type: "text/csv")
            #expect(again.json["resend"] == .bool(true))
            #expect(again.integer("duplicate") == 130)
        }
    }

    @Test func `labels that are revised in a later part are revisions`() async throws {
        try await with { running, client in
            let predictions = Self.header + (0..<30).map { Self.row($0) }.joined()
            _ = try await client.post(Self.predictions, predictions, type: "text/csv")
            var text = "prediction_id,observed_at,label,source\n"
            for id in 0..<40 { text += "p\(id),2020-02-01T00:00:00Z,1,a\n" }
            for id in 0..<40 { text += "p\(id),2020-02-02T00:00:00Z,0,b\n" }
            for id in 0..<40 { text += "p\(id),2020-02-01T00:00:00Z,1,a\n" }
            for id in 0..<5 { text += "p\(id),2020-02-03T00:00:00Z,withdrawn,c\n" }
            let reply = try await client.post(Self.labels, text, type: "text/csv")
            #expect(reply.integer("accepted") == 85, "\(reply.text)")
            #expect(reply.integer("duplicate") == 40, "\(reply.text)")
            #expect(reply.integer("corrected") == 45, "\(reply.text)")
            #expect(reply.integer("withdrawn") == 5, "\(reply.text)")
            #expect(reply.integer("joined") == 65, "\(reply.text)")
            #expect(reply.integer("orphan") == 20, "\(reply.text)")
            let status = try await client.get("/v1/tasks/mine/labels/status")
            #expect(status.integer("labelled") == 25, "\(status.text)")
            // Those that waited join the predictions that come now.
            let late = Self.header + (25..<40).map { Self.row($0) }.joined()
            let adopted = try await client.post(Self.predictions, late, type: "text/csv")
            #expect(adopted.integer("accepted") == 10, "\(adopted.text)")
            #expect(adopted.integer("joined") == 10, "\(adopted.text)")
        }
    }

    @Test func `a reject in the last part takes all of a strict body with it`() async throws {
        try await with { running, client in
            let good = Self.header + (0..<50).map { Self.row($0) }.joined()
            let bad = good + Self.row(99, score: 9)
            let refused = try await client.post(
                Self.predictions + "?strict=true",
                bad,
                type: "text/csv"
            )
            #expect(refused.status == 422, "\(refused.text)")
            #expect(refused.json["upload"]?["received"] == .integer(51), "\(refused.text)")
            let uploads = try await client.get("/v1/tasks/mine/uploads")
            #expect(uploads.json["uploads"] == .array([]), "\(uploads.text)")
            let kept = try await client.post(
                Self.predictions + "?strict=true",
                good,
                type: "text/csv"
            )
            #expect(kept.integer("accepted") == 50, "nothing of it was kept before: \(kept.text)")
        }
    }

    @Test func `cells are the same however many rows go at once`() async throws {
        let text = Self.header + (0..<400).map { Self.row($0, "m\($0 % 3)") }.joined()
        let labels =
            "prediction_id,observed_at,label\n"
            + (0..<400).map { "p\($0),2020-02-01T00:00:00Z,\($0 % 2)\n" }.joined()
        var reports: [String] = []
        for rows in [3, 1_000] {
            reports.append(
                try await RunningServer.with({ $0.limits.rowsAtOnce = rows }) { running in
                    let client = try await running.client()
                    let task = "rows\(rows)"
                    _ = try await client.post("/v1/tasks", #"{"task":"\#(task)","kind":"binary"}"#)
                    let path = "/v1/tasks/\(task)"
                    _ = try await client.post(path + "/predictions", text, type: "text/csv")
                    _ = try await client.post(path + "/labels", labels, type: "text/csv")
                    let report = try await client.get(path + "/report?by=day")
                    return report.json["models"]?.text ?? ""
                }
            )
        }
        #expect(reports[0].contains("brier_score") && reports[0] == reports[1])
    }
}
