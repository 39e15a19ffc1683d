/// The name by which a service is reached, without the port.
struct HostName: Sendable, Equatable {
    let name: String

    /// - Parameter authority: `localhost:8080`, `[::1]:8080`.
    init(authority: String) {
        if authority.hasPrefix("[") {
            name = String(authority.dropFirst().prefix { $0 != "]" })
        } else {
            name = String(authority.prefix { $0 != ":" }).lowercased()
        }
    }

    init(_ name: String) {
        self.name = name
    }

    /// Whether only programs of this machine reach what has the name.
    var isLoopback: Bool {
        if name == "localhost" || name == "::1" { return true }
        let numbers = name.split(separator: ".", omittingEmptySubsequences: false)
        return numbers.count == 4 && numbers[0] == "127" && numbers.allSatisfy { UInt8($0) != nil }
    }
}
