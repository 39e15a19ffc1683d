import Evaluation
package import Contract
import Dashboard
package import HTTPTypes

/// What goes back to the one who asked.
package struct Answer: Sendable {
    package var status: HTTPResponse.Status
    package var headers: HTTPFields
    package var body: [UInt8]
    /// Whether the connection is closed once this is sent.
    package var endsConnection = false
    private var page: Page?

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

    /// A page of the dashboard.
    init(page: Page, status: HTTPResponse.Status = .ok) {
        self.init(html: page.html.text, status: status)
        self.page = page
    }

    /// Says on a page who is logged in, with the way out.
    mutating func addLogin(of visitor: Visitor) {
        guard let session = visitor.session, var page else { return }
        page.banner =
            LogoutForm(
                name: visitor.identity.name.text,
                formToken: FormGuard.token(for: session)
            ).html
        body = Array(page.html.text.utf8)
    }

    /// Sends a browser to a page of this service.
    static func redirect(to path: String) -> Answer {
        var answer = Answer(status: .seeOther, contentType: "text/plain; charset=utf-8", body: [])
        answer.headers[.location] = path
        answer.headers[.cacheControl] = "no-store"
        return answer
    }

    /// Whether people read it.
    var isPage: Bool { headers[.contentType]?.hasPrefix("text/html") == true }
}
