package import Contract
package import Evaluation

/// Tokens, and of one that was just made the token itself.
package struct TokenResult: Presentable {
    package var tokens: [AccessToken]
    /// Shown once.
    package var text: String?

    package init(tokens: [AccessToken], text: String? = nil) {
        self.tokens = tokens
        self.text = text
    }

    package var document: Document {
        var document = Document()
        if let text {
            document.lines([text])
            document.paragraph(
                "Keep it now: it is stored nowhere, only its SHA-256. Send it as Authorization: Bearer "
                    + "TOKEN.",
                .faint
            )
            return document
        }
        guard !tokens.isEmpty else {
            document.paragraph("No tokens yet. Make one: gnomon token create NAME --scopes read")
            return document
        }
        var table = TextTable([
            .left("token", repeated: true), .left("scopes", limit: 30), .left("tasks", limit: 20),
            .left("state"), .left("last used"),
        ])
        for token in tokens {
            table.add(
                [
                    token.name.text, token.scopes.map(\.rawValue).sorted().joined(separator: ", "),
                    token.tasks.map { $0.sorted().joined(separator: ", ") } ?? "all",
                    state(token), token.lastUsedAt.map(WindowText.present) ?? NumberText.none,
                ].map { TextTable.Cell($0) }
            )
        }
        document.table(table)
        return document
    }

    private func state(_ token: AccessToken) -> String {
        if let revoked = token.revokedAt { return "revoked \(WindowText.present(revoked))" }
        return token.expiresAt.map { "until \(WindowText.present($0))" } ?? "good"
    }

    package var json: JSONValue {
        guard let made else { return AnswerShapes.tokenList.json(tokens) }
        return AnswerShapes.madeToken.json(made)
    }

    package var csv: CSVTable {
        guard let made else { return CSVTable(AccessToken.shape, tokens) }
        return CSVTable(AnswerShapes.madeToken, [made])
    }

    /// The token that was just made.
    private var made: (AccessToken, String)? {
        guard let text, let token = tokens.first else { return nil }
        return (token, text)
    }
}
