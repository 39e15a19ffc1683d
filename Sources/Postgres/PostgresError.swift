/// What went wrong between this program and PostgreSQL.
///
/// `description` is fit for logs and users: it has the server's message, SQLSTATE, constraint and
/// the SQL text, and never parameter values nor DETAIL, which quotes rows. `debugDescription` has
/// everything.
package struct PostgresError: Error, Hashable, Sendable {
    package enum Kind: Hashable, Sendable {
        /// No connection could be made, or the one there was is lost.
        case connection
        /// The server refused the statement; `sqlState` says why.
        case server
        /// The task was cancelled.
        case cancelled
        /// A value did not have the type, or the presence, that was asked for.
        case decoding
        /// A call or an answer that has no place in the protocol at that point.
        case protocolViolation
    }

    package var kind: Kind
    package var sqlState: SQLState?
    package var message: String
    package var detail: String?
    package var hint: String?
    /// Where in the server it happened; names the row and the column of a failed COPY, with values.
    package var context: String?
    package var schema: String?
    package var table: String?
    package var column: String?
    package var constraint: String?
    package var sql: String?
    package var parameters: [PostgresValue] = []

    package init(kind: Kind, sqlState: SQLState? = nil, message: String, sql: String? = nil) {
        self.kind = kind
        self.sqlState = sqlState
        self.message = message
        self.sql = sql
    }

    /// Whether running the whole transaction again may succeed: SQLSTATE 40001, 40P01, class 08,
    /// and the shutdown codes with which a server takes its leave.
    package var isTransient: Bool {
        if kind == .connection { return true }
        guard let sqlState else { return false }
        let states: Set<SQLState> = [
            .serializationFailure, .deadlockDetected, .adminShutdown, .crashShutdown,
            .cannotConnectNow,
        ]
        return states.contains(sqlState) || sqlState.conditionClass == "08"
    }

    static func cancelled(sql: String? = nil) -> PostgresError {
        PostgresError(
            kind: .cancelled,
            sqlState: .queryCancelled,
            message: "The task was cancelled.",
            sql: sql
        )
    }
}

extension PostgresError: CustomStringConvertible, CustomDebugStringConvertible {
    package var description: String {
        var text = summary(message: messageWithoutValues)
        if let sql { text += " SQL: \(Self.shortened(sql))" }
        return text
    }

    package var debugDescription: String {
        var text = summary(message: message)
        if let detail { text += " Detail: \(detail)" }
        if let context { text += " Context: \(context)" }
        if let sql { text += " SQL: \(sql)" }
        if !parameters.isEmpty { text += " Parameters: \(parameters)" }
        return text
    }

    private func summary(message: String) -> String {
        var text = message
        if let last = text.last, !".!?:".contains(last) { text += "." }
        var marks: [String] = []
        if let sqlState, kind != .cancelled { marks.append("SQLSTATE \(sqlState)") }
        if let constraint { marks.append("constraint \(constraint)") }
        if let table { marks.append("table \(table)") }
        if let column { marks.append("column \(column)") }
        if !marks.isEmpty { text += " (\(marks.joined(separator: ", ")))" }
        if let hint { text += " Hint: \(hint)" }
        return text
    }

    /// The messages of class 22 (data exceptions) quote the value that was wrong.
    private var messageWithoutValues: String {
        guard sqlState?.conditionClass == "22" else { return message }
        let parts = message.split(separator: "\"", omittingEmptySubsequences: false)
        guard parts.count > 2 else { return message }
        return "\(parts[0])\"…\"\(parts[parts.count - 1])"
    }

    private static func shortened(_ sql: String) -> String {
        let limit = 500
        let line = sql.onOneLine
        return line.count <= limit ? line : "\(line.prefix(limit))…"
    }
}
