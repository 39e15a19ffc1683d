package import Contract

extension Parameters {
    /// The parameters of a query or a form, decoded.
    ///
    /// - Parameter query: What stands behind the question mark of an address.
    /// - Throws: `Problem` for an encoding that means nothing, and a parameter given twice.
    package init(query: some StringProtocol) throws {
        self.init()
        for pair in query.split(separator: "&") {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let name = try PercentEncoding.decoded(parts[0], plusIsSpace: true)
            let value = try PercentEncoding.decoded(
                parts.count > 1 ? parts[1] : "",
                plusIsSpace: true
            )
            guard !value.contains("\0") else {
                throw Problem(.invalidValue, "The parameter \(name) has the character U+0000.")
            }
            guard self[name] == nil else {
                throw Problem(
                    .invalidRequest,
                    "The parameter \(name) is given twice; give it once."
                )
            }
            self[name] = value
        }
    }
}
