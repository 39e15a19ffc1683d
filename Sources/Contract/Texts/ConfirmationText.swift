package import Evaluation

/// How often evidence must be found, as an option gives it: `3/5`.
package enum ConfirmationText {
    /// - Throws: `TextError` that says what is allowed.
    package static func confirmation(_ text: String) throws -> Confirmation {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false).map { Int($0) }
        guard parts.count == 2, let hits = parts[0], let of = parts[1], hits >= 1, hits <= of,
            of <= 100
        else {
            throw TextError(
                "Write k/n, such as 3/5: the alarm must stand in k of the last n blocks of evidence, with n up "
                    + "to 100."
            )
        }
        return Confirmation(hits: hits, of: of)
    }

    package static func text(_ confirmation: Confirmation) -> String {
        "\(confirmation.hits)/\(confirmation.of)"
    }
}
