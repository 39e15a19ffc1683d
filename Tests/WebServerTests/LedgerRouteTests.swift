import Contract
import DecisionScenarios
import Evaluation
import TestSupport
import Testing

@testable import WebServer

/// Late rows over HTTP: counted by their upload, said by answers, taken in by a restatement.
@Suite(.temporaryDatabase, .hangLimit)
struct LedgerRouteTests {
    private static let path = "/v1/tasks/churn"

    private static func isLate(_ row: String) -> Bool { row.hasPrefix("d3") && row.hasSuffix(",1") }

    @Test func `rows that come after an answer had used their days are taken in by a restatement`()
        async throws
    {
        let history = FileHistory(seed: 3)
        try await RunningServer.with { running in
            let client = try await running.client()
            let made = try await client.post(
                "/v1/tasks",
                #"{"task":"churn","kind":"binary","horizon":"2d","baseline":"first:30d"}"#
            )
            #expect(made.status == 201, "\(made.text)")
            func send(isLabels: Bool, where isIn: (String) -> Bool) async throws -> Int64? {
                let file = history.file(
                    isLabels: isLabels,
                    days: 0..<FileHistory.dayCount,
                    where: isIn
                )
                let reply = try await client.post(
                    "\(Self.path)/\(isLabels ? "labels" : "predictions")?backfill=true",
                    file.text,
                    type: "text/csv"
                )
                #expect(reply.status == 200, "\(reply.text)")
                return reply.integer("after_use")
            }
            #expect(try await send(isLabels: false) { _ in true } == 0)
            #expect(try await send(isLabels: true) { !Self.isLate($0) } == 0)
            let live = try await client.post(
                "\(Self.path)/predictions",
                #"{"prediction_id":"x","predicted_at":"2024-06-01T00:00:00Z","model":"champion","score":0.5}"#,
                type: "application/x-ndjson"
            )
            #expect(live.status == 200, "\(live.text)")
            let refused = try await client.post(
                "\(Self.path)/ledger/restatements",
                #"{"note":"for nothing"}"#
            )
            #expect(refused.status == 422 && refused.text.contains("nothing to restate"))

            let before = try await client.get("\(Self.path)/comparison")
            #expect(before.json["ledger"]?["late_rows"] == .integer(0))
            let late = try #require(try await send(isLabels: true, where: Self.isLate))
            #expect(late > 0)
            let after = try await client.get("\(Self.path)/comparison")
            #expect(after.json["ledger"]?["late_rows"] == .integer(late))

            let reader = running.client(try await running.token([.read], tasks: ["churn"]))
            let body = #"{"note":"labels of February"}"#
            let forbidden = try await reader.post("\(Self.path)/ledger/restatements", body)
            #expect(forbidden.status == 403)
            let empty = try await client.post("\(Self.path)/ledger/restatements", "{}")
            #expect(empty.status == 400)
            let restated = try await client.post("\(Self.path)/ledger/restatements", body)
            #expect(restated.status == 200, "\(restated.text)")
            #expect(restated.integer("late_rows") == late)
            let answer = try await client.get("\(Self.path)/comparison")
            #expect(answer.json["ledger"]?["late_rows"] == .integer(0))
            #expect(answer.json["ledger"]?["restatements"] == .integer(1))
            let changes = try await client.get("/v1/changes")
            #expect(changes.text.contains("ledger.restate"))
            #expect(changes.text.contains("\(late) late rows: labels of February"))
        }
    }
}
