import Contract
import Evaluation
import HTTPTypes

/// The same description for people: one page that needs nothing from elsewhere.
struct HumanDocument: Sendable {
    let table: RouteTable

    init(_ table: RouteTable) {
        self.table = table
    }

    /// What the page may load: its own style and nothing else.
    static let policy =
        "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; "
        + "frame-ancestors 'none'"

    var html: String {
        """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>Gnomon: HTTP API</title>
        <style>
        :root { color-scheme: light dark; }
        body { font: 16px/1.5 system-ui, sans-serif; max-width: 52rem; margin: 0 auto; padding: 1rem; }
        h2 { margin-top: 2.5rem; border-bottom: 1px solid; }
        h3 code { font-size: 1.05rem; }
        pre { overflow-x: auto; padding: .75rem; border: 1px solid #8886; border-radius: .25rem; }
        table { border-collapse: collapse; width: 100%; }
        th, td { text-align: left; vertical-align: top; padding: .25rem .75rem .25rem 0; }
        td:first-child { white-space: nowrap; }
        </style>
        </head>
        <body>
        <main>
        <h1>Gnomon: HTTP API</h1>
        \(introduction)
        \(contents)
        \(Operation.Tag.allCases.map(section).joined(separator: "\n"))
        \(problems)
        </main>
        </body>
        </html>

        """
    }

    private var introduction: String {
        """
        <p>Programs post predictions and labels here and ask for what follows from them. The same
        description for programs is <a href="/openapi.json">/openapi.json</a> (OpenAPI 3.1).</p>
        <p>Send a token with every request: <code>Authorization: Bearer gnm_…</code>. Tokens are made with
        <code>gnomon token create NAME --scopes predictions,labels,read</code>.</p>
        <pre>curl -H "Authorization: Bearer $GNOMON_TOKEN" -H "Content-Type: text/csv" \\
          --data-binary @labels.csv http://localhost:8080/v1/tasks/flights/labels</pre>
        <p>Instants are ISO 8601 with an offset; in an address write + as %2B. Lists come in pages: give
        <code>next_cursor</code> as <code>cursor</code> until it is null.</p>
        """
    }

    private var contents: String {
        "<nav aria-label=\"Operations\"><ul>"
            + described.map { route in
                "<li><a href=\"#\(route.operation.id)\"><code>\(route.method.rawValue) "
                    + "\(Self.escaped(route.path.text))</code></a> "
                    + "\(Self.escaped(route.operation.summary))</li>"
            }.joined(separator: "\n") + "</ul></nav>"
    }

    private var described: [Route] { OpenAPIDocument(table).described }

    private func section(_ tag: Operation.Tag) -> String {
        let routes = described.filter { $0.operation.tag == tag }
        return "<h2>\(Self.escaped(tag.rawValue))</h2>\n"
            + routes.map(entry).joined(separator: "\n")
    }

    private func entry(_ route: Route) -> String {
        let operation = route.operation
        var parts = [
            "<section id=\"\(operation.id)\"><h3><code>\(route.method.rawValue) "
                + "\(Self.escaped(route.path.text))</code></h3>",
            "<p>\(Self.escaped(operation.summary)). \(Self.escaped(needs(route.access)))</p>",
        ]
        parts += operation.description.split(separator: "\n\n").map {
            "<p>\(Self.escaped(String($0)))</p>"
        }
        if !operation.parameters.isEmpty { parts.append(parameters(operation.parameters)) }
        for content in operation.body?.contents ?? [] {
            parts.append(example("Body, \(content.type)", content))
        }
        if let content = operation.success.content, route.path.text.hasPrefix("/v1") {
            parts.append(example("Answer, \(operation.success.status)", content))
        }
        let kinds = OpenAPIDocument.problems(of: route).map {
            "<a href=\"#\($0.rawValue)\">\($0.status.code) \($0.rawValue)</a>"
        }
        parts.append("<p>Problems: \(kinds.joined(separator: ", ")).</p></section>")
        return parts.joined(separator: "\n")
    }

    private func needs(_ access: Route.Access) -> String {
        switch access {
        case .everybody, .publicPage: "Needs no token."
        case .anyToken: "Needs a token of any scope."
        case .scope(let scope), .page(let scope): "Needs the scope \(scope.rawValue)."
        }
    }

    private func parameters(_ parameters: [Operation.Parameter]) -> String {
        "<table><thead><tr><th scope=\"col\">Parameter</th><th scope=\"col\">Meaning</th></tr></thead>"
            + "<tbody>"
            + parameters.map {
                "<tr><td><code>\(Self.escaped($0.name))</code> (\($0.place.rawValue))</td>"
                    + "<td>\(Self.escaped($0.description))</td></tr>"
            }.joined(separator: "\n") + "</tbody></table>"
    }

    private func example(_ title: String, _ content: Operation.Content) -> String {
        let text =
            if case .string(let text) = content.example { text } else { content.example.text }
        return "<p>\(Self.escaped(title)):</p>\n<pre>\(Self.escaped(text))</pre>"
    }

    private var problems: String {
        "<h2>Problems</h2>\n<p>Every error is <code>application/problem+json</code> (RFC 9457): type, "
            + "title, status, and a detail that says what is wrong and what to do.</p>\n<dl>"
            + Problem.Kind.allCases.map {
                "<dt id=\"\($0.rawValue)\"><code>\($0.status.code) \($0.rawValue)</code></dt>"
                    + "<dd>\(Self.escaped($0.title)).</dd>"
            }.joined(separator: "\n") + "</dl>"
    }

    private static func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
            .replacing("\"", with: "&quot;")
    }
}
