import Contract
import Evaluation
import Foundation
import Harness
import Ingest
import TestSupport
import Testing

@testable import WebServer

/// No request whatever ends the service or finds it at fault.
@Suite(.temporaryDatabase, .hangLimit)
struct RouteSweepTests {
    private static let names = [
        "task": "flights", "model": "champion", "prediction_id": "0-0", "token": "spare",
        "file": "metric.svg", "upload": "17",
    ]

    private static let workers = 8

    private static func requests(_ table: RouteTable) -> [RouteSweep.Sent] {
        var seen: Set<RouteSweep.Sent> = []
        return table.routes.flatMap { route in
            RouteSweep(route: route, names: names).requests
        }.filter { seen.insert($0).inserted }
    }

    @Test func `every parameter in every wrong way, and all pairs, gets one clear problem`()
        async throws
    {
        try await RunningServer.with {
            $0.limits.questions = 8
            $0.limits.requestsPerSecond = 1_000_000
        } _: { running in
            try await Self.fill(running)
            let requests = Self.requests(running.server.table)
            #expect(requests.count > 5_000)
            let client = try await running.client()
            try await withThrowingTaskGroup(of: Void.self) { group in
                for worker in 0..<Self.workers {
                    group.addTask {
                        for index in stride(from: worker, to: requests.count, by: Self.workers) {
                            try await Self.check(requests[index], client)
                        }
                    }
                }
                try await group.waitForAll()
            }
            #expect(try await client.get("/healthz").status == 200)
        }
    }

    /// Some weeks of two models with labels, roles and a token to lose.
    private static func fill(_ running: RunningServer) async throws {
        let client = try await running.client()
        let created = try await client.post(
            "/v1/tasks",
            #"{"task":"flights","kind":"binary","horizon":"2d","slices":["origin"]}"#
        )
        #expect(created.status == 201)
        var predictions = "prediction_id,predicted_at,known_at,model,score,origin\n"
        var labels = "prediction_id,observed_at,known_at,label\n"
        for day in 0..<40 {
            for row in 0..<3 {
                let at = Instant(seconds: 1_356_998_400 + 86_400 * Int64(day) + Int64(row)).iso8601
                for (model, score) in [("champion", 0.25), ("shadow", 0.75)] {
                    predictions += "\(day)-\(row),\(at),\(at),\(model),\(score),JFK\n"
                }
                labels += "\(day)-\(row),\(at),\(at),\((day + row) % 2)\n"
            }
        }
        for (kind, rows) in [("predictions", predictions), ("labels", labels)] {
            let path = "/v1/tasks/flights/\(kind)?backfill=true"
            #expect(try await client.post(path, rows, type: "text/csv").status == 200)
        }
        let role = try await client.send(
            "PUT",
            "/v1/tasks/flights/models/champion/role",
            ["Content-Type": "application/json"],
            body: Array(#"{"role":"champion","from":"2013-01-01"}"#.utf8)
        )
        #expect(role.status == 200)
        _ = try await running.token([.read], name: "spare")
    }

    private static func check(_ request: RouteSweep.Sent, _ client: Client) async throws {
        let reply = try await client.send(
            request.method,
            request.target,
            request.body == nil ? [:] : ["Content-Type": request.type],
            body: request.body.map { Array($0.utf8) }
        )
        let asked =
            "\(request.method) \(request.target.prefix(300)) \(request.body?.prefix(300) ?? "")"
        guard (200..<500).contains(reply.status) else {
            Issue.record("\(reply.status) for \(asked): \(reply.text.prefix(300))")
            return
        }
        guard reply.status >= 400 else { return }
        let isPage = reply.headers["content-type"]?.hasPrefix("text/html") == true
        let isPlain = reply.headers["content-type"]?.hasPrefix("text/plain") == true
        guard !isPage, !isPlain else { return }
        #expect(reply.headers["content-type"] == "application/problem+json", "\(asked)")
        let detail = reply.string("detail") ?? ""
        #expect(
            !detail.isEmpty && reply.json["status"] == .integer(Int64(reply.status)),
            "\(asked)"
        )
    }
}
