import Contract

/// What a page says where another question than the usual one was asked.
enum AskedNote {
    /// - Parameters:
    ///   - asked: What the page shows nowhere else.
    ///   - usual: The page of the usual question.
    /// - Returns: Nothing where nothing was asked.
    static func html(_ asked: Parameters, usual: PageAddress) -> HTML {
        guard !asked.names.isEmpty else { return .empty }
        let options = asked.names.map { "\($0)=\(asked[$0] ?? "")" }.joined(separator: ", ")
        return """
            <p class="soft">Asked with \(options). <a href="\(usual.text)">Ask the usual question</a></p>
            """
    }
}
