import Contract
import Dashboard
import Evaluation
import Foundation
import Harness
import Postgres
import TestSupport
import Testing

@testable import WebServer

/// The pages of the dashboard over a real database, held against the API.
@Suite(.temporaryDatabase, .hangLimit)
struct PagesTests {
    private static let names = [
        "", "/calibration", "/comparison", "/recommendation", "/labels", "/slices",
        "/uploads", "/settings", "/pairs",
    ]
    private static let files = [
        "metric", "reliability", "gain", "risk", "evidence", "arrivals", "delay", "slices",
    ]
    private static let days = 110

    /// Two models over some months, of which the last two days are not labelled yet.
    private static func fill(_ client: Client, _ task: String) async throws {
        let made = try await client.post(
            "/v1/tasks",
            #"{"task":"\#(task)","kind":"binary","horizon":"2d","slices":["country"],"baseline":"first:40d"}"#
        )
        #expect(made.status == 201, "\(made.text)")
        var predictions = "prediction_id,predicted_at,known_at,model,score,country\n"
        var labels = "prediction_id,observed_at,known_at,label\n"
        var generator = TestGenerator(seed: 7)
        let start = Instant(seconds: 1_577_836_800)
        for day in 0..<days {
            for number in 0..<12 {
                let second = Int64(86_400 * day + 3_600 * number)
                let at = start.advanced(bySeconds: second).iso8601
                let share = Double.random(in: 0.05..<0.95, using: &generator)
                let label = Double.random(in: 0..<1, using: &generator) < share ? 1 : 0
                let country = number % 3 == 0 ? "AT" : "DE"
                let blurred = 0.5 * share + 0.25
                predictions += "r\(day)-\(number),\(at),\(at),champion,\(blurred),\(country)\n"
                predictions += "r\(day)-\(number),\(at),\(at),shadow,\(share),\(country)\n"
                guard day < days - 2 else { continue }
                let known = start.advanced(bySeconds: second + Int64(3_600 * (1 + number))).iso8601
                labels += "r\(day)-\(number),\(known),\(known),\(label)\n"
            }
        }
        let place = "/v1/tasks/\(task)"
        let one = try await client.post(
            "\(place)/predictions?backfill=true",
            predictions,
            type: "text/csv"
        )
        #expect(one.status == 200, "\(one.text)")
        let two = try await client.post("\(place)/labels?backfill=true", labels, type: "text/csv")
        #expect(two.status == 200, "\(two.text)")
    }

    private static func withPages<T: Sendable>(
        _ body: @escaping @Sendable (RunningServer, Client) async throws -> T
    ) async throws -> T {
        try await RunningServer.with { running in
            try await body(running, try await running.client())
        }
    }

    /// What stands in the attributes `data-value` of a page.
    private static func values(_ page: String) -> Set<String> {
        Set(page.matches(of: /data-value="([^"]*)"/).map { String($0.output.1) })
    }

    private static func expectSound(_ reply: Client.Reply, _ path: String) {
        #expect(reply.status == 200, "\(path): \(reply.text.prefix(400))")
        #expect(reply.body.count < 100_000, "\(path) has \(reply.body.count) bytes")
        let hasNothing = reply.text.contains(/(?i)[ >"]-?(nan|inf)[ <"]/)
        #expect(!hasNothing, "\(path) shows what is no number")
        let sentences = reply.text.replacing(/<(pre|code)>[^<]*<\/(pre|code)>/, with: "")
        let hasOption = sentences.contains(/\s--[a-z]/)
        #expect(!hasOption, "\(path) speaks of options of the command line")
        let policy = reply.headers["content-security-policy"] ?? ""
        #expect(policy.contains("default-src 'none'") && !policy.contains("unsafe"), "\(path)")
        #expect(reply.headers["cache-control"]?.hasPrefix("private, no-") == true, "\(path)")
    }

    @Test func `every page and drawing of a task that has everything is there`() async throws {
        try await Self.withPages { running, client in
            try await Self.fill(client, "churn")
            Self.expectSound(try await client.get("/"), "/")
            for name in Self.names {
                let path = "/tasks/churn\(name)"
                Self.expectSound(try await client.get(path), path)
                let past = "\(path)?as_of=2020-03-01"
                Self.expectSound(try await client.get(past), past)
            }
            for name in Self.files {
                for ending in ["svg", "csv"] {
                    let path = "/tasks/churn/charts/\(name).\(ending)"
                    let reply = try await client.get(path)
                    #expect(reply.status == 200, "\(path): \(reply.text.prefix(300))")
                    #expect(reply.body.count > 60, "\(path)")
                }
            }
        }
    }

    @Test func `the numbers of pages are those of the API`() async throws {
        try await Self.withPages { running, client in
            try await Self.fill(client, "churn")
            let metric = try await client.get("/tasks/churn?by=month").text
            let report = try await client.get("/v1/tasks/churn/report?metrics=roc_auc,brier_score")
            let months = try await client.get(
                "/v1/tasks/churn/report?by=month&metrics=brier_score"
            )
            let shown = Self.values(metric)
            let expected =
                Self.numbers("value", in: report.json) + Self.numbers("value", in: months.json)
            #expect(expected.count >= 8)
            for value in expected { #expect(shown.contains(value), "\(value) of the report") }

            let comparison = try await client.get("/tasks/churn/comparison").text
            let compared = try await client.get("/v1/tasks/churn/comparison")
            let metrics = Self.members("metrics", in: compared.json)
            let gains = metrics.flatMap { Self.numbers("gain", in: $0) }
            #expect(gains.count >= 3)
            for gain in gains { #expect(Self.values(comparison).contains(gain), "gain \(gain)") }

            let calibration = try await client.get("/tasks/churn/calibration").text
            let bins = try await client.get("/v1/tasks/churn/calibration")
            let observed = Self.numbers("observed", in: bins.json)
            #expect(observed.count >= 3)
            for share in observed {
                #expect(Self.values(calibration).contains(share), "observed \(share)")
            }

            let recommendation = try await client.get("/tasks/churn/recommendation").text
            let recommended = try await client.get("/v1/tasks/churn/recommendation")
            let evidence = Self.numbers("value", in: recommended.json)
            #expect(evidence.count >= 5)
            for value in evidence {
                #expect(Self.values(recommendation).contains(value), "evidence \(value)")
            }

            let labels = try await client.get("/tasks/churn/labels").text
            let status = try await client.get("/v1/tasks/churn/labels/status")
            for name in ["pending", "overdue", "corrected"] {
                let number = try #require(status.integer(name))
                #expect(Self.values(labels).contains("\(number)"), "\(name) \(number)")
            }
        }
    }

    @Test func `the page of settings shows what each was before, as of its instant`() async throws {
        try await Self.withPages { _, client in
            try await Self.fill(client, "churn")
            let before = try await client.get("/tasks/churn/settings").text
            #expect(before.contains("Nothing has been changed"))
            #expect(before.contains("2d after a prediction"))
            let link = try #require(before.firstMatch(of: /href="([^"]*as_of=[^"]*)"/)?.output.1)
            for body in [#"{"tolerance":"0.02"}"#, #"{"retention":"900d","tolerance":"25%"}"#] {
                let changed = try await client.send(
                    "PATCH",
                    "/v1/tasks/churn",
                    ["Content-Type": "application/json"],
                    body: Array(body.utf8)
                )
                #expect(changed.status == 200, "\(changed.text)")
            }
            let after = try await client.get("/tasks/churn/settings")
            Self.expectSound(after, "/tasks/churn/settings")
            let rows = after.text.matches(of: /<th scope="row">(tolerance|retention)<\/th>/)
            #expect(
                rows.map(\.output.1) == [
                    "tolerance", "retention", "tolerance", "retention", "tolerance",
                ]
            )
            #expect(after.text.contains("<td><bdi>0.02</bdi></td><td><bdi>25%</bdi></td>"))
            #expect(after.text.contains("<td><bdi>10%</bdi></td><td><bdi>0.02</bdi></td>"))
            let then = try await client.get(String(link)).text
            #expect(then.contains("Nothing has been changed") && !then.contains("25%"))
            let replayed = try await client.get("/tasks/churn/settings?as_of=2020-03-01").text
            #expect(replayed.contains("25%") && !replayed.contains("What they were before"))
        }
    }

    @Test func `pages read the rows where that is asked for`() async throws {
        try await Self.withPages { running, client in
            try await Self.fill(client, "churn")
            let exact = try await client.get("/v1/tasks/churn/report?metrics=roc_auc&exact=true")
            let value = try #require(Self.numbers("value", in: exact.json).first)
            for path in ["/tasks/churn", "/tasks/churn/calibration", "/tasks/churn/comparison"] {
                let usual = try await client.get(path)
                #expect(usual.text.contains(/href="[^"]*exact=true"/), "\(path) leads to the rows")
                let rows = try await client.get("\(path)?exact=true")
                Self.expectSound(rows, path)
                #expect(rows.text.contains("Read from the rows."), "\(path)")
            }
            let usual = Self.values(try await client.get("/tasks/churn").text)
            let rows = Self.values(try await client.get("/tasks/churn?exact=true").text)
            #expect(rows.contains(value) && !usual.contains(value))
            let compared = try await client.get("/tasks/churn/comparison?exact=true").text
            #expect(compared.contains("<dt>DeLong</dt>"))
        }
    }

    @Test func `the diagram of the API is the one of the page, and may use its style`()
        async throws
    {
        try await Self.withPages { running, client in
            try await Self.fill(client, "churn")
            let query = "slice=country%3DDE&as_of=2020-03-01"
            let page = try await client.get("/tasks/churn/charts/reliability.svg?\(query)")
            let api = try await client.get(
                "/v1/tasks/churn/calibration?\(query)",
                ["Accept": "image/svg+xml"]
            )
            #expect(api.text == page.text)
            #expect(api.text.contains("churn, country=DE, as known at 2020-03-01T00:00:00Z; "))
            let policy = api.headers["content-security-policy"]
            #expect(policy == page.headers["content-security-policy"])
            #expect(policy?.contains("style-src 'sha256-") == true)
        }
    }

    private static func members(_ name: String, in json: JSONValue) -> [JSONValue] {
        switch json {
        case .object(let members):
            members.flatMap { $0.name == name ? [$0.value] : Self.members(name, in: $0.value) }
        case .array(let values): values.flatMap { Self.members(name, in: $0) }
        default: []
        }
    }

    /// The members of a name, wherever they stand, as JSON writes them.
    private static func numbers(_ name: String, in json: JSONValue) -> [String] {
        switch json {
        case .object(let members):
            members.flatMap { member -> [String] in
                switch member.value {
                case .number, .integer: member.name == name ? [member.value.inline] : []
                default: numbers(name, in: member.value)
                }
            }
        case .array(let values): values.flatMap { numbers(name, in: $0) }
        default: []
        }
    }

    @Test func `a page as of an instant shows the same after more has come`() async throws {
        try await Self.withPages { running, client in
            try await Self.fill(client, "churn")
            let paths = Self.names.map { "/tasks/churn\($0)?as_of=2020-03-20T12:00:00Z" }
            var before: [String] = []
            for path in paths { before.append(try await client.get(path).text) }
            let more = try await client.post(
                "/v1/tasks/churn/labels",
                #"[{"prediction_id":"r3-3","observed_at":"2020-05-01T00:00:00Z","label":"1"},"#
                    + #"{"prediction_id":"r109-3","observed_at":"2020-05-01T00:00:00Z","label":"1"}]"#
            )
            #expect(more.status == 200)
            for (path, text) in zip(paths, before) {
                let after = try await client.get(path).text
                #expect(after == text, "\(path)")
                #expect(text.contains("this replays what was backfilled"), "\(path)")
            }
        }
    }

    @Test func `what is not there yet is said, and no error`() async throws {
        try await Self.withPages { running, client in
            let empty = try await client.get("/")
            #expect(empty.text.contains("gnomon task create"))
            for (name, kind) in [("new", "binary"), ("amount", "regression")] {
                let made = try await client.post(
                    "/v1/tasks",
                    #"{"task":"\#(name)","kind":"\#(kind)"}"#
                )
                #expect(made.status == 201)
                for page in Self.names {
                    let path = "/tasks/\(name)\(page)"
                    Self.expectSound(try await client.get(path), path)
                }
            }
            // Predictions without a label, of models none of which anybody has named the champion.
            let rows = ["a", "b"].map {
                #"{"prediction_id":"1","predicted_at":"2020-01-01T00:00:00Z","model":"\#($0)","score":0.5}"#
            }
            let posted = try await client.post(
                "/v1/tasks/new/predictions",
                "[\(rows.joined(separator: ","))]"
            )
            #expect(posted.status == 200, "\(posted.text)")
            for page in Self.names {
                let path = "/tasks/new\(page)"
                Self.expectSound(try await client.get(path), path)
            }
            let named = try await client.get("/tasks/new/comparison")
            #expect(named.text.contains("Nobody has named a champion; a is taken for it since"))
            Self.expectSound(try await client.get("/"), "/")
        }
    }

    @Test func `a form with empty fields asks for nothing, and a wrong field is refused`()
        async throws
    {
        try await Self.withPages { running, client in
            try await Self.fill(client, "churn")
            let form = "/tasks/churn?metric=log_loss&by=week&model=&slice=&from=&to="
            Self.expectSound(try await client.get(form), form)
            #expect(try await client.get("/tasks/churn?metric=x").status == 422)
            #expect(try await client.get("/tasks/churn?colour=red").status == 400)
            #expect(try await client.get("/tasks/churn/charts/x.svg").status == 404)
            #expect(try await client.get("/tasks/churn/charts/metric.pdf").status == 404)
            #expect(try await client.get("/tasks/other").status == 404)
        }
    }

    @Test func `a token that is held to tasks sees no others`() async throws {
        try await Self.withPages { running, client in
            for name in ["seen", "other"] {
                let made = try await client.post(
                    "/v1/tasks",
                    #"{"task":"\#(name)","kind":"binary"}"#
                )
                #expect(made.status == 201)
            }
            let held = running.client(try await running.token([.read], tasks: ["seen"]))
            let overview = try await held.get("/").text
            #expect(overview.contains("/tasks/seen") && !overview.contains("/tasks/other"))
            #expect(try await held.get("/tasks/other").status == 403)
            #expect(try await held.get("/tasks/other/charts/metric.svg").status == 403)
        }
    }

    @Test func `the style is for everybody and may be kept`() async throws {
        try await Self.withPages { running, client in
            let reply = try await running.client(nil).get(Asset.style.address.text)
            #expect(reply.status == 200)
            #expect(reply.headers["cache-control"]?.contains("immutable") == true)
            #expect(reply.text == Asset.style.content)
        }
    }
}
