import Contract
import Foundation
import HTTPTypes
import TestSupport
import Testing

@testable import WebServer

@Suite(.temporaryDatabase, .hangLimit)
struct OpenAPITests {
    private func document() async throws -> (JSONValue, RouteTable) {
        try await RunningServer.with { running in
            let reply = try await running.client(nil).get("/openapi.json")
            #expect(reply.status == 200)
            return (reply.json, running.server.table)
        }
    }

    @Test func `every route is described, and nothing else is`() async throws {
        let (document, table) = try await document()
        let paths = try #require(document["paths"]?.members)
        let described = paths.flatMap { path in
            (path.value.members ?? []).map { "\($0.name.uppercased()) \(path.name)" }
        }
        let routed = table.routes.filter { !$0.access.isPage }.map {
            "\($0.method.rawValue) \($0.path.text)"
        }
        #expect(Set(described) == Set(routed))
        #expect(described.count == routed.count, "no route is there twice")
        let ids = table.routes.map(\.operation.id)
        #expect(Set(ids).count == ids.count)
    }

    @Test func `the names in a path are its parameters`() async throws {
        let (_, table) = try await document()
        for route in table.routes {
            let described = route.operation.parameters.filter { $0.place == .path }.map(\.name)
            #expect(Set(described) == Set(route.path.names), "\(route.path.text)")
        }
    }

    @Test func `examples are what their schemas say`() async throws {
        let (document, table) = try await document()
        let check = SchemaCheck(document: document)
        for route in table.routes {
            let operation = route.operation
            for parameter in operation.parameters {
                guard let example = parameter.example else { continue }
                #expect(
                    check.problems(example, parameter.schema) == [],
                    "\(operation.id) \(parameter.name)"
                )
            }
            let contents =
                (operation.body?.contents ?? []) + [operation.success.content].compactMap(\.self)
            for content in contents {
                #expect(
                    check.problems(content.example, content.schema) == [],
                    "\(operation.id) \(content.type)"
                )
            }
        }
    }

    @Test func `the cursors of the examples are such as the lists give`() async throws {
        try await RunningServer.with { running in
            let client = try await running.client()
            _ = try await client.post("/v1/tasks", #"{"task":"flights","kind":"binary"}"#)
            for route in running.server.table.routes where !route.access.isPage {
                for parameter in route.operation.parameters where parameter.name == "cursor" {
                    guard case .string(let cursor)? = parameter.example else { continue }
                    let path = route.path.text.replacing("{task}", with: "flights")
                    #expect(
                        try await client.get("\(path)?cursor=\(cursor)").status == 200,
                        "\(path)"
                    )
                }
            }
            // The worst come in one page; the two together mean nothing.
            let place = Cursor(["1357034400000000", "1", "2", "champion"]).text
            let rows = try await client.get("/v1/tasks/flights/rows?order=worst&cursor=\(place)")
            #expect(rows.status == 422, "\(rows.text)")
        }
    }

    @Test func `what is answered is what the schemas say`() async throws {
        try await RunningServer.with { running in
            let client = try await running.client()
            let document = try await client.get("/openapi.json").json
            let check = SchemaCheck(document: document)
            func expect(_ name: String, _ reply: Client.Reply) {
                let problems = check.problems(reply.json, Schemas.reference(name))
                #expect(problems == [], "\(name): \(reply.text)")
            }
            expect(
                "Task",
                try await client.post(
                    "/v1/tasks",
                    #"{"task":"mine","kind":"binary","horizon":"1d"}"#
                )
            )
            expect(
                "Problem",
                try await client.post("/v1/tasks", #"{"task":"mine","kind":"binary"}"#)
            )
            expect("TaskList", try await client.get("/v1/tasks"))
            let rows = (0..<40).map {
                #"{"prediction_id":"p\#($0)","predicted_at":"2020-01-01T10:00:00Z","model":"gbm","#
                    + #""version":"v1","score":\#(Double($0) / 40)}"#
            }
            expect(
                "Upload",
                try await client.post(
                    "/v1/tasks/mine/predictions",
                    "[" + rows.joined(separator: ",") + "]"
                )
            )
            let labels =
                (0..<40).map {
                    #"{"prediction_id":"p\#($0)","observed_at":"2020-01-01T12:00:00Z","label":"\#($0 % 2)"}"#
                } + [#"{"prediction_id":"x","observed_at":"2020-01-01T12:00:00Z","label":"7"}"#]
            let labelled = try await client.post(
                "/v1/tasks/mine/labels",
                "[" + labels.joined(separator: ",") + "]"
            )
            expect("Upload", labelled)
            expect("Report", try await client.get("/v1/tasks/mine/report?by=month"))
            expect("Calibration", try await client.get("/v1/tasks/mine/calibration?model=gbm"))
            expect("LabelStatus", try await client.get("/v1/tasks/mine/labels/status"))
            expect("ModelList", try await client.get("/v1/tasks/mine/models"))
            expect("RejectList", try await client.get("/v1/tasks/mine/rejects"))
            expect("OrphanList", try await client.get("/v1/tasks/mine/orphans"))
            expect("RowPage", try await client.get("/v1/tasks/mine/rows?limit=7"))
            expect("RowPage", try await client.get("/v1/tasks/mine/rows?order=worst"))
            expect("PredictionRecord", try await client.get("/v1/tasks/mine/predictions/p3"))
            expect("UploadList", try await client.get("/v1/tasks/mine/uploads"))
            let number = try #require(labelled.integer("upload"))
            for body in [
                #"{"prediction_ids":["nobody"],"dry_run":true}"#,
                #"{"entities":["nobody"],"confirm":"mine"}"#,
            ] {
                expect(
                    "Forgetting",
                    try await client.post("/v1/tasks/mine/forgettings", body)
                )
            }
            expect("UploadEntry", try await client.get("/v1/tasks/mine/uploads/\(number)"))
            expect("ChangeList", try await client.get("/v1/changes"))
            expect("TokenList", try await client.get("/v1/tokens"))
            _ = try await running.token(name: "short")
            expect("Token", try await client.send("DELETE", "/v1/tokens/short"))
            expect("OwnToken", try await client.get("/v1/token"))
            expect("Status", try await client.get("/readyz"))
            _ = try await client.send(
                "PUT",
                "/v1/tasks/mine/models/gbm/role",
                ["Content-Type": "application/json"],
                body: Array(#"{"role":"champion","from":"2019-01-01"}"#.utf8)
            )
            expect("Comparison", try await client.get("/v1/tasks/mine/comparison"))
            let other = rows.prefix(9).map {
                $0.replacing("\"gbm\"", with: "\"net\"").replacing(
                    "\"score\":0.",
                    with: "\"score\":0.1"
                )
            }
            expect(
                "Upload",
                try await client.post(
                    "/v1/tasks/mine/predictions",
                    "[" + other.joined(separator: ",") + "]"
                )
            )
            expect("PairPage", try await client.get("/v1/tasks/mine/pairs?shadow=net&limit=3"))
            expect("Comparison", try await client.get("/v1/tasks/mine/comparison?shadow=net"))
            expect("Recommendation", try await client.get("/v1/tasks/mine/recommendation"))
            expect("RecommendationHistory", try await client.get("/v1/tasks/mine/recommendations"))
            expect(
                "RecommendationWalk",
                try await client.get(
                    "/v1/tasks/mine/recommendation/walk?from=2020-01-01&to=2020-01-09"
                )
            )
            expect(
                "Acknowledgement",
                try await client.post(
                    "/v1/tasks/mine/acknowledgements",
                    #"{"note":"a new sensor","new_baseline":true}"#
                )
            )
            expect(
                "Maturing",
                try await client.send("POST", "/v1/tasks/mine/maturing", body: [])
            )
            expect(
                "Pruning",
                try await client.send("POST", "/v1/tasks/mine/pruning?dry_run=true", body: [])
            )
            for _ in 0..<2 {
                expect(
                    "Withdrawal",
                    try await client.post(
                        "/v1/tasks/mine/withdrawals",
                        #"{"upload":\#(number),"note":"the wrong labels"}"#
                    )
                )
            }
            expect("UploadEntry", try await client.get("/v1/tasks/mine/uploads/\(number)"))
            expect("UploadList", try await client.get("/v1/tasks/mine/uploads"))
            expect(
                "Verification",
                try await client.send("POST", "/v1/tasks/mine/verification", body: [])
            )
        }
    }

    @Test func `the page for people needs nothing from elsewhere`() async throws {
        try await RunningServer.with { running in
            let reply = try await running.client(nil).get("/docs")
            #expect(reply.status == 200)
            #expect(reply.body.count < 100_000)
            #expect(
                reply.headers["content-security-policy"]?.contains("default-src 'none'") == true
            )
            for outside in ["src=", "<link", "<script", "@import", "url("] {
                #expect(!reply.text.contains(outside), "\(outside)")
            }
            for route in running.server.table.routes where !route.access.isPage {
                #expect(reply.text.contains("id=\"\(route.operation.id)\""))
            }
            for kind in Problem.Kind.allCases {
                #expect(reply.text.contains("id=\"\(kind.rawValue)\""))
            }
        }
    }
}

extension JSONValue {
    var members: [Member]? {
        if case .object(let members) = self { members } else { nil }
    }
}

/// As much of JSON Schema 2020-12 as the document uses.
struct SchemaCheck {
    let document: JSONValue

    /// What is wrong with a value, with the place.
    func problems(_ value: JSONValue, _ schema: JSONValue, at place: String = "$") -> [String] {
        if case .string(let reference)? = schema["$ref"] {
            let name = reference.split(separator: "/").last.map(String.init) ?? ""
            guard let schema = document["components"]?["schemas"]?[name] else {
                return ["\(place): there is no \(reference)"]
            }
            return problems(value, schema, at: place)
        }
        if case .array(let choices)? = schema["anyOf"] {
            let isOne = choices.contains { problems(value, $0, at: place).isEmpty }
            return isOne ? [] : ["\(place): none of the choices"]
        }
        var found: [String] = []
        if let types = schema["type"], !matches(value, types) {
            return ["\(place): \(value.inline) is no \(types.inline)"]
        }
        if case .array(let allowed)? = schema["enum"], !allowed.contains(value) {
            found.append("\(place): \(value.inline) is none of \(allowed.map(\.inline))")
        }
        if case .string(let pattern)? = schema["pattern"], case .string(let text) = value,
            text.range(of: pattern, options: .regularExpression) == nil
        {
            found.append("\(place): \(text) does not match \(pattern)")
        }
        if let least = number(schema["minimum"]), let own = number(value), own < least {
            found.append("\(place): \(own) is below \(least)")
        }
        if case .array(let values) = value, let items = schema["items"] {
            for (index, item) in values.enumerated() {
                found += problems(item, items, at: "\(place)[\(index)]")
            }
        }
        if let members = value.members { found += objectProblems(members, schema, at: place) }
        return found
    }

    private func objectProblems(
        _ members: [JSONValue.Member],
        _ schema: JSONValue,
        at place: String
    ) -> [String] {
        var found: [String] = []
        if case .array(let required)? = schema["required"] {
            for case .string(let name) in required
            where !members.contains(where: { $0.name == name }) {
                found.append("\(place): \(name) is missing")
            }
        }
        for member in members {
            let inner = "\(place).\(member.name)"
            if let property = schema["properties"]?[member.name] {
                found += problems(member.value, property, at: inner)
            } else if schema["additionalProperties"] == .bool(false) {
                found.append("\(inner): is not described")
            } else if let other = schema["additionalProperties"], other.members != nil {
                found += problems(member.value, other, at: inner)
            }
        }
        return found
    }

    private func number(_ value: JSONValue?) -> Double? {
        switch value {
        case .integer(let number)?: Double(number)
        case .number(let number)?: number
        default: nil
        }
    }

    private func matches(_ value: JSONValue, _ types: JSONValue) -> Bool {
        switch types {
        case .array(let choices): choices.contains { matches(value, $0) }
        case "null": value == .null
        case "boolean": if case .bool = value { true } else { false }
        case "integer": if case .integer = value { true } else { false }
        case "number": number(value) != nil
        case "string": if case .string = value { true } else { false }
        case "array": if case .array = value { true } else { false }
        case "object": value.members != nil
        default: false
        }
    }
}
