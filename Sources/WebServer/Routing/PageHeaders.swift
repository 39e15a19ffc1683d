import Dashboard
import HTTPTypes

/// What keeps pages from being framed, sniffed, extended or told elsewhere.
enum PageHeaders {
    private static let permissions =
        "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), microphone=(), "
        + "payment=(), usb=()"

    /// Adds them to a page; what the page says itself stands.
    static func add(to headers: inout HTTPFields) {
        // Not no-referrer, with which browsers do not say where a form comes from.
        let all = [
            "Content-Security-Policy": Page.policy,
            "Referrer-Policy": "same-origin",
            "Cross-Origin-Opener-Policy": "same-origin",
            "Cross-Origin-Resource-Policy": "same-origin",
            "Permissions-Policy": permissions,
            "Cache-Control": "private, no-store",
        ]
        for (name, value) in all {
            guard let name = HTTPField.Name(name), headers[name] == nil else { continue }
            headers[name] = value
        }
    }

    /// Has browsers come by TLS only.
    static func addTransportSecurity(to headers: inout HTTPFields) {
        headers[.strictTransportSecurity] = "max-age=31536000"
    }
}
