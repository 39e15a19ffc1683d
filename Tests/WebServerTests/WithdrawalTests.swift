import Contract
import Evaluation
import Harness
import TestSupport
import Testing

@testable import WebServer

/// Taking uploads back over HTTP, and the page that shows it.
@Suite(.temporaryDatabase, .hangLimit)
struct WithdrawalTests {
    private static let path = "/v1/tasks/mine/withdrawals"

    private static func rows(_ score: Double) -> String {
        "prediction_id,predicted_at,model,score\n"
            + (0..<4).map { "p\($0),2026-05-01T0\($0):00:00Z,gbm,\(score)\n" }.joined()
    }

    private static func with(
        _ body: @escaping @Sendable (RunningServer, Client) async throws -> Void
    ) async throws {
        try await RunningServer.with { running in
            let admin = running.client(try await running.token(name: "anna"))
            let made = try await admin.post("/v1/tasks", #"{"task":"mine","kind":"binary"}"#)
            #expect(made.status == 201)
            try await body(running, admin)
        }
    }

    /// - Returns: The number of the upload.
    private static func upload(_ score: Double, _ client: Client) async throws -> Int64 {
        let reply = try await client.post(
            "/v1/tasks/mine/predictions",
            rows(score),
            type: "text/csv"
        )
        #expect(reply.status == 200, "\(reply.text)")
        return try #require(reply.integer("upload"))
    }

    private static func scores(_ client: Client, _ query: String = "") async throws -> [String] {
        try await client.get("/v1/tasks/mine/rows\(query)").text
            .matches(of: /"score": ([0-9.]+)/).map { String($0.output.1) }
    }

    @Test func `an upload is taken back once, and the answer says so`() async throws {
        try await Self.with { running, admin in
            let wrong = try await Self.upload(0.75, admin)
            let between = try await admin.get("/v1/tasks/mine/report").string("as_of")
            _ = try await Self.upload(0.25, admin)
            #expect(try await Self.scores(admin) == Array(repeating: "0.75", count: 4))

            let body = #"{"upload":\#(wrong),"note":"the wrong day"}"#
            let taken = try await admin.post(Self.path, body)
            #expect(taken.status == 200, "\(taken.text)")
            #expect(try await Self.scores(admin) == Array(repeating: "0.25", count: 4))
            let then = try await Self.scores(admin, "?as_of=\(try #require(between))")
            #expect(then == Array(repeating: "0.75", count: 4))

            let again = try await admin.post(Self.path, body)
            #expect(again.status == 200)
            #expect(again.text == taken.text.replacing("\"new\": true", with: "\"new\": false"))
            let said = try await admin.post(Self.path, body, ["Accept": "text/plain"]).text
            #expect(said.contains("was taken back already") && said.contains("the wrong day"))

            let shown = try await admin.get("/v1/tasks/mine/uploads/\(wrong)")
            #expect(shown.status == 200 && shown.string("withdrawn_at") != nil)
            #expect(shown.text.contains(#""author": "anna""#))
            let listed = try await admin.get("/v1/tasks/mine/uploads").text
            #expect(listed.matches(of: /"withdrawn_at": null/).count == 1)
            let changes = try await admin.get("/v1/changes").text
            #expect(changes.contains("upload.withdraw") && changes.contains("the wrong day"))
        }
    }

    @Test func `who may send rows may not take back`() async throws {
        try await Self.with { running, admin in
            let wrong = try await Self.upload(0.75, admin)
            let sender = running.client(
                try await running.token([.predictions, .labels, .backfill, .read])
            )
            let body = #"{"upload":\#(wrong),"note":"mine"}"#
            #expect(try await sender.post(Self.path, body).status == 403)
            #expect(try await sender.get("/v1/tasks/mine/uploads/\(wrong)").status == 200)
            let other = running.client(try await running.token(tasks: ["other"]))
            #expect(try await other.post(Self.path, body).status == 403)
        }
    }

    @Test(arguments: [
        (#"{"upload":999999,"note":"x"}"#, 404), (#"{"upload":1}"#, 400),
        (#"{"upload":1,"note":" "}"#, 422), (#"{"upload":"1","note":"x"}"#, 400),
        (#"{"note":"x"}"#, 422), (#"{"upload":1,"small_writes_of":"a","note":"x"}"#, 422),
        (#"{"upload":1,"from":"2026-01-01","note":"x"}"#, 422),
        (#"{"small_writes_of":"a","from":"2026-01-01","note":"x"}"#, 422),
        (#"{"small_writes_of":"a","from":"2026-02-01","to":"2026-01-01","note":"x"}"#, 422),
        (#"{"small_writes_of":"a","from":"2026-01-01","to":"2026-02-01","note":"x"}"#, 404),
        (#"{"small_writes_without_token":true,"from":"2026-01-01","to":"soon","note":"x"}"#, 422),
    ])
    func `what cannot be taken back is said`(body: String, status: Int) async throws {
        try await Self.with { _, admin in
            let reply = try await admin.post(Self.path, body)
            #expect(reply.status == status, "\(reply.text)")
            #expect(reply.string("detail")?.contains("--") == false)
        }
    }

    @Test func `an upload that is not there is not shown`() async throws {
        try await Self.with { _, admin in
            for (name, status) in [("999999", 404), ("x", 400), ("99999999999999999999", 400)] {
                #expect(try await admin.get("/v1/tasks/mine/uploads/\(name)").status == status)
            }
            let most = try await admin.get("/v1/tasks/mine/uploads/\(Int64.max)")
            #expect(most.status == 404)
        }
    }

    @Test func `small writes of a token are taken back by the interval`() async throws {
        try await Self.with { running, admin in
            let sender = running.client(
                try await running.token([.predictions], name: "scoring")
            )
            func send(_ id: String) async throws {
                let row =
                    #"[{"prediction_id":"\#(id)","predicted_at":"2026-05-01T00:00:00Z","model":"gbm","score":0.5}]"#
                #expect(try await sender.post("/v1/tasks/mine/predictions", row).status == 200)
            }
            func present() async throws -> String {
                try #require(try await admin.get("/v1/tasks/mine/report").string("as_of"))
            }
            try await send("a")
            let start = try await present()
            try await send("b")
            let end = try await present()
            try await send("c")
            let taken = try await admin.post(
                Self.path,
                #"{"small_writes_of":"scoring","from":"\#(start)","to":"\#(end)","note":"test rows"}"#
            )
            #expect(taken.status == 200 && taken.text.contains(#""rows": 1"#), "\(taken.text)")
            let rows = try await admin.get("/v1/tasks/mine/rows").text
            for (id, isThere) in [("a", true), ("b", false), ("c", true)] {
                #expect(rows.contains("\"prediction_id\": \"\(id)\"") == isThere, "\(id)")
            }
            let page = try await admin.get("/tasks/mine/uploads").text
            #expect(page.contains("taken back in part") && page.contains("test rows"))
        }
    }

    @Test func `the page turns, and shows what was taken back, and as of before that it counts`()
        async throws
    {
        try await Self.with { _, admin in
            var uploads: [Int64] = []
            for number in 1...30 {
                uploads.append(try await Self.upload(0.5 + Double(number) / 100, admin))
            }
            let between = try #require(
                try await admin.get("/v1/tasks/mine/report").string("as_of")
            )
            let note = "<b>wrong</b> & late"
            let taken = try await admin.post(
                Self.path,
                #"{"upload":\#(uploads[29]),"note":"\#(note)"}"#
            )
            #expect(taken.status == 200)
            let page = try await admin.get("/tasks/mine/uploads")
            #expect(page.status == 200 && page.body.count < 100_000)
            #expect(page.text.matches(of: /<tr><th scope="row">/).count == 25)
            #expect(page.text.contains("&lt;b&gt;wrong&lt;/b&gt; &amp; late"))
            #expect(page.text.contains("</span>taken back</span>"))
            #expect(page.text.contains("by <bdi>anna</bdi>"))
            #expect(page.text.contains("gnomon uploads withdraw \(uploads[28]) --task mine"))
            let next = try #require(page.text.firstMatch(of: /href="([^"]*cursor=[^"]*)"/))
            let rest = try await admin.get(String(next.output.1).replacing("&amp;", with: "&"))
            #expect(rest.text.matches(of: /<tr><th scope="row">/).count == 5)
            let then = try await admin.get("/tasks/mine/uploads?as_of=\(between)").text
            #expect(!then.contains("</span>taken back</span>") && !then.contains("withdraw"))
        }
    }
}
