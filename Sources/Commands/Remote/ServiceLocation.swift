import Contract
import Foundation

/// A service elsewhere that a command works on, instead of a database.
struct ServiceLocation: Sendable, Equatable {
    var url: URL
    var token: String?

    static let urlVariable = "GNOMON_URL"
    static let tokenVariable = "GNOMON_TOKEN"

    /// - Parameter environment: May name a service.
    /// - Throws: `RemoteError.invalidURL` for an address that is none of a service.
    init?(environment: [String: String]) throws {
        guard let text = environment[Self.urlVariable], !text.isEmpty else { return nil }
        guard let url = URL(string: text), let host = url.host, !host.isEmpty,
            ["http", "https"].contains(url.scheme), url.query == nil, url.user == nil
        else { throw RemoteError.invalidURL(text) }
        self.url = url
        token = environment[Self.tokenVariable].flatMap { $0.isEmpty ? nil : $0 }
    }

    /// Whether others could read the token on its way.
    var exposesToken: Bool {
        let loopback: Set = ["localhost", "127.0.0.1", "::1", "[::1]"]
        return url.scheme == "http" && token != nil && !loopback.contains(url.host ?? "")
    }

    /// - Parameters:
    ///   - path: Segments, not yet encoded.
    ///   - parameters: Not yet encoded.
    /// - Returns: The address of something below the service's own.
    func address(_ path: [String], _ parameters: Parameters) -> URL {
        let base = url.absoluteString.reversed().drop { $0 == "/" }.reversed()
        var text = String(base) + path.map { "/" + Self.encoded($0) }.joined()
        if !parameters.names.isEmpty {
            text += "?"
            text += parameters.names.map { name in
                "\(Self.encoded(name))=\(Self.encoded(parameters[name] ?? ""))"
            }.joined(separator: "&")
        }
        return URL(string: text) ?? url
    }

    private static let unreserved = CharacterSet(
        charactersIn: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~"
    )

    private static func encoded(_ text: String) -> String {
        text.addingPercentEncoding(withAllowedCharacters: unreserved) ?? text
    }
}
