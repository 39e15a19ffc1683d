package import HTTPTypes

/// A secret that a browser keeps for pages, out of reach of scripts.
///
/// Lax, not Strict: a link to a page in a message must find its reader logged in. What changes something is
/// a form, which is held to `FormGuard`.
package struct BrowserCookie: Sendable {
    package let name: String
    private let isSecure: Bool

    /// Stands for the login of a person.
    package static func session(isSecure: Bool) -> BrowserCookie {
        BrowserCookie("gnomon_session", isSecure: isSecure)
    }

    /// Tells the browsers that ask for a login apart, before there is one.
    static func visit(isSecure: Bool) -> BrowserCookie {
        BrowserCookie("gnomon_visit", isSecure: isSecure)
    }

    /// By TLS the name says that no other host and no plain connection can have set it.
    private init(_ name: String, isSecure: Bool) {
        self.name = (isSecure ? "__Host-" : "") + name
        self.isSecure = isSecure
    }

    /// - Parameter headers: Of a request.
    /// - Returns: The secret, if the browser has one.
    package func secret(in headers: HTTPFields) -> String? {
        for field in headers[values: .cookie] {
            for pair in field.split(separator: ";") {
                let parts = pair.split(separator: "=", maxSplits: 1)
                guard parts.count == 2, parts[0].filter({ $0 != " " }) == name else { continue }
                return String(parts[1])
            }
        }
        return nil
    }

    /// The value of Set-Cookie that hands a secret to a browser.
    ///
    /// - Parameters:
    ///   - secret: In the letters of URLs.
    ///   - lifetimeSeconds: `nil` until the browser is closed.
    /// - Returns: The value.
    func field(_ secret: String, lifetimeSeconds: Int64? = nil) -> String {
        "\(name)=\(secret); Path=/; HttpOnly; SameSite=Lax"
            + (lifetimeSeconds.map { "; Max-Age=\($0)" } ?? "") + (isSecure ? "; Secure" : "")
    }

    /// The value of Set-Cookie that takes it back.
    var removal: String { field("", lifetimeSeconds: 0) }
}
