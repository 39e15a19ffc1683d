package import Contract
package import HTTPTypes

/// What goes back to the one who asked.
package struct Answer: Sendable {
    package var status: HTTPResponse.Status
    package var headers: HTTPFields
    package var body: [UInt8]
    /// Whether the connection is closed once this is sent.
    package var endsConnection = false

    package init(
        status: HTTPResponse.Status = .ok,
        contentType: String,
        body: [UInt8]
    ) {
        self.status = status
        self.body = body
        headers = [.contentType: contentType]
    }

    /// JSON, in the bytes that the command line prints.
    package init(
        json: JSONValue,
        status: HTTPResponse.Status = .ok,
        contentType: String = "application/json"
    ) {
        self.init(status: status, contentType: contentType, body: Array((json.text + "\n").utf8))
    }

    package init(html: String, status: HTTPResponse.Status = .ok) {
        self.init(status: status, contentType: "text/html; charset=utf-8", body: Array(html.utf8))
    }
}
