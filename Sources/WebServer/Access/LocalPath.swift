/// A path of this service, to which a browser may be sent.
struct LocalPath: Sendable, Equatable {
    let text: String

    private static let longest = 2_000

    /// Refuses what may lead elsewhere, and what cannot stand in a header field.
    ///
    /// - Parameter text: What somebody sent.
    init?(_ text: String) {
        guard text.hasPrefix("/"), !text.hasPrefix("//"), text.utf8.count <= Self.longest,
            text.utf8.allSatisfy({ (0x21...0x7E).contains($0) && $0 != UInt8(ascii: "\\") })
        else { return nil }
        self.text = text
    }

    static let start = LocalPath(checked: "/")

    private init(checked text: String) {
        self.text = text
    }
}
