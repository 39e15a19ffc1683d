import Foundation

/// Where the data are.
enum DatabaseLocation: Sendable, Equatable {
    /// A database of the user's private PostgreSQL server; `nil` for the usual one.
    case embedded(name: String?)
    /// A URL or a conninfo string; may hold a password.
    case server(String)

    /// Says in texts that a database of the private server is meant.
    static let embeddedPrefix = "embedded:"
    static let variable = "GNOMON_DATABASE_URL"

    /// - Parameters:
    ///   - option: What `--database` gives.
    ///   - environment: What GNOMON_DATABASE_URL gives.
    init(option: String?, environment: String?) {
        guard let text = [option, environment].compactMap(\.self).first(where: { !$0.isEmpty })
        else {
            self = .embedded(name: nil)
            return
        }
        guard text.hasPrefix(Self.embeddedPrefix) else {
            self = .server(text)
            return
        }
        let name = String(text.dropFirst(Self.embeddedPrefix.count))
        self = .embedded(name: name.isEmpty ? nil : name)
    }
}
