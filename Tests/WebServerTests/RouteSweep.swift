import Contract
import HTTPTypes

@testable import WebServer

/// The requests that a route should survive, made from what its documentation says of it: every parameter and
/// member missing, empty, doubled, huge, too early and too late, and of the wrong kind, and all pairs of them.
struct RouteSweep {
    var route: Route
    /// What the names in paths stand for.
    var names: [String: String]

    struct Sent: Hashable, Sendable {
        var method: String
        var target: String
        var body: String?
        var type: String
    }

    /// A place of a request, and what may stand there; `nil` leaves it out.
    private struct Part {
        var place: Operation.Parameter.Place?
        var name: String
        var good: String?
        var odd: [String?]
    }

    var requests: [Sent] {
        let contents = route.operation.body?.contents ?? []
        return contents.isEmpty ? requests(nil) : contents.flatMap { requests($0) }
    }

    private func requests(_ content: Operation.Content?) -> [Sent] {
        let parts = queryParts + pathParts + members(content)
        let good = parts.map(\.good)
        var all: [[String?]] = [good]
        for (index, part) in parts.enumerated() {
            for odd in part.odd {
                var values = good
                values[index] = odd
                all.append(values)
                for (other, second) in parts.enumerated().dropFirst(index + 1) {
                    all += second.odd.map { odd in
                        var pair = values
                        pair[other] = odd
                        return pair
                    }
                }
            }
        }
        return all.map { sent(parts, $0, content) } + oddBodies(content, good, parts)
    }

    // MARK: - Parts

    private var queryParts: [Part] {
        route.operation.parameters.filter { $0.place == .query }.map { parameter in
            let encoded = Self.text(parameter.example).map { PercentEncoding.encoded($0) }
            let name = parameter.name
            let one = "\(name)=\(encoded ?? "1")"
            let isMoment = ["from", "to", "as_of"].contains(name)
            var odd = [
                nil, one, "\(name)=", "\(one)&\(one)", "\(name)=%5B%7B%22%E2%80%AE%27",
                "\(name)=\(Self.huge)",
            ]
            if isMoment { odd += ["\(name)=9999-12-31", "\(name)=0001-01-01T00:00:00Z"] }
            let isRequired = parameter.isRequired || isMoment && name != "as_of"
            return Part(place: .query, name: name, good: isRequired ? one : nil, odd: odd)
        }
    }

    private var pathParts: [Part] {
        route.path.names.map { name in
            Part(
                place: .path,
                name: name,
                good: names[name] ?? "none",
                odd: [Self.long, "%00", "%E2%80%AE'%20--", "..%2F"]
            )
        }
    }

    /// The members of an example that is an object.
    private func members(_ content: Operation.Content?) -> [Part] {
        guard let content, content.type == "application/json" else { return [] }
        var example = content.example
        if case .array(let rows) = example, let first = rows.first { example = first }
        return (example.members ?? []).map { member in
            let name = JSONValue.string(member.name).inline
            let one = "\(name):\(member.value.inline)"
            return Part(
                name: member.name,
                good: one,
                odd: [
                    nil, "\(name):\"\"", "\(one),\(one)", "\(name):\(Self.huge)",
                    "\(name):\"\(Self.long)\"", "\(name):\"9999-12-31\"", "\(name):[{}]",
                    "\(name):null",
                ]
            )
        }
    }

    private static let huge = String(repeating: "9", count: 400)
    private static let long = String(repeating: "x", count: 5_000)

    private static func text(_ value: JSONValue?) -> String? {
        if case .string(let text)? = value { text } else { value?.inline }
    }

    // MARK: - Requests

    private func sent(
        _ parts: [Part],
        _ values: [String?],
        _ content: Operation.Content?
    ) -> Sent {
        var path = route.path.text
        var query: [String] = []
        var members: [String] = []
        for (part, value) in zip(parts, values) {
            switch part.place {
            case .path: path = path.replacing("{\(part.name)}", with: value ?? "none")
            case .query: query += [value].compactMap(\.self)
            case .header, nil: members += [value].compactMap(\.self)
            }
        }
        var body = content.map { Self.text($0.example) ?? "" }
        if content?.type == "application/json" { body = "{\(members.joined(separator: ","))}" }
        return Sent(
            method: route.method.rawValue,
            target: path + (query.isEmpty ? "" : "?" + query.joined(separator: "&")),
            body: body,
            type: content?.type ?? "application/json"
        )
    }

    private func oddBodies(
        _ content: Operation.Content?,
        _ good: [String?],
        _ parts: [Part]
    ) -> [Sent] {
        guard let content else { return [] }
        return ["", "{", "[]", "null", "\u{FEFF}{}", "[[1]]", Self.huge, Self.long].map { body in
            var request = sent(parts, good, content)
            request.body = body
            return request
        }
    }
}
