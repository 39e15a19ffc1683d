package import Evaluation
package import Postgres
import Store

/// Gives the answer to a request again, where the request is sent again under the same key.
package struct KeepAnswer: Sendable {
    package let pool: PostgresPool
    package let tokenID: Int32
    package let key: String

    package init(pool: PostgresPool, tokenID: Int32, key: String) {
        self.pool = pool
        self.tokenID = tokenID
        self.key = key
    }

    package func earlier() async throws -> KeptAnswer? {
        try await pool.withConnection {
            try await AnswerStore($0).find(tokenID: tokenID, key: key)
        }
    }

    package func keep(_ answer: KeptAnswer, about task: Name) async throws {
        try await pool.withConnection { connection in
            try await AnswerStore(connection).keep(
                answer,
                about: task,
                tokenID: tokenID,
                key: key,
                at: try await connection.now()
            )
        }
    }
}

/// Forgets kept answers that nobody can still want.
package struct ForgetAnswers: Sendable {
    package let pool: PostgresPool

    /// How long an answer is kept.
    package static let lifetimeSeconds: Int64 = 86_400

    package init(pool: PostgresPool) {
        self.pool = pool
    }

    @discardableResult
    package func run() async throws -> Int {
        try await pool.withConnection { connection in
            let now = try await connection.now()
            return try await AnswerStore(connection).forget(
                before: now.advanced(bySeconds: -Self.lifetimeSeconds)
            )
        }
    }
}
