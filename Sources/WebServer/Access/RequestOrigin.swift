import HTTPTypes
import HummingbirdCore

/// Under what name a browser reaches the service, and from where its request comes.
struct RequestOrigin: Sendable {
    /// Whether the browser speaks TLS, to this service or to the proxy before it.
    let isSecure: Bool
    private let authority: String
    private let site: String?
    private let origin: String?

    /// - Parameters:
    ///   - request: Whose header fields are read.
    ///   - settings: Say whether a proxy may be believed.
    init(_ request: Request, settings: ServerSettings) {
        let headers = request.headers
        func told(_ name: String) -> String? {
            guard settings.isBehindProxy, let name = HTTPField.Name(name) else { return nil }
            return headers[values: name].first
        }
        isSecure = settings.tls != nil || told("X-Forwarded-Proto")?.lowercased() == "https"
        authority = (told("X-Forwarded-Host") ?? request.head.authority ?? "").lowercased()
        site = HTTPField.Name("Sec-Fetch-Site").flatMap { headers[$0] }
        origin = headers[.origin]
    }

    /// Whether only this machine is reached under the name.
    var isLoopback: Bool { HostName(authority: authority).isLoopback }

    /// Refuses what a page of another site sends.
    ///
    /// Browsers of today say it in Sec-Fetch-Site, and older ones in Origin; a program says neither.
    func requireOwnSite() throws {
        if let site {
            if site == "same-origin" || site == "none" { return }
        } else {
            guard let origin else { return }
            let parts = origin.lowercased().split(separator: "://", maxSplits: 1)
            if parts.count == 2, parts[1] == authority { return }
        }
        throw Problem(
            .forbidden,
            "The form was sent by a page of another site. Open the page here, and send it from there."
        )
    }
}
