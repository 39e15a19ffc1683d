import HTTPTypes
import HummingbirdCore
import NIOCore

/// From where a request comes, so that one who asks too much is held off and others are not.
///
/// Of IPv6 the first half: who has one address of a network has all of them.
struct ClientAddress: Sendable, Hashable {
    let name: String

    /// - Parameters:
    ///   - request: Whose header fields are read.
    ///   - channel: On which it comes.
    ///   - settings: Say whether a proxy may be believed.
    init(_ request: Request, on channel: any Channel, settings: ServerSettings) {
        let field = settings.isBehindProxy ? HTTPField.Name("X-Forwarded-For") : nil
        // The last one is what the proxy itself saw; those before are what it was told.
        let told = field.flatMap { request.headers[values: $0].last }?
            .split(separator: ",").last?.trimmingSpaces
        self.init(told.map(String.init) ?? channel.remoteAddress?.ipAddress ?? "")
    }

    /// - Parameter text: An address, or whatever a proxy writes instead.
    init(_ text: String) {
        let text = text.prefix(Self.longest)
        let groups = text.split(separator: ":", omittingEmptySubsequences: false)
        guard groups.count > 2, !text.contains(".") else {
            name = String(text)
            return
        }
        // Where :: stands for groups of zeros among the first four, the rest are those.
        var network: [Substring] = []
        for group in groups.prefix(4) {
            if group.isEmpty { break }
            network.append(group)
        }
        name = network.joined(separator: ":") + "::/64"
    }

    private static let longest = 64
}
