package import HTTPTypes

/// The cookie by which a browser shows its token to pages, and to nothing else of the service.
package enum LoginCookie {
    package static let name = "gnomon_token"

    /// - Parameter headers: Of a request.
    /// - Returns: The token, if the browser has one.
    package static func token(in headers: HTTPFields) -> String? {
        for field in headers[values: .cookie] {
            for pair in field.split(separator: ";") {
                let parts = pair.split(separator: "=", maxSplits: 1)
                guard parts.count == 2, parts[0].filter({ $0 != " " }) == name else { continue }
                return String(parts[1])
            }
        }
        return nil
    }

    /// The value of Set-Cookie that hands a token to a browser.
    ///
    /// - Parameters:
    ///   - token: The token; empty takes it back.
    ///   - isSecure: Whether the service is reached by TLS.
    /// - Returns: The value, out of reach of scripts and of other sites.
    package static func field(_ token: String, isSecure: Bool) -> String {
        "\(name)=\(token); Path=/; HttpOnly; SameSite=Strict" + (isSecure ? "; Secure" : "")
            + (token.isEmpty ? "; Max-Age=0" : "")
    }
}
