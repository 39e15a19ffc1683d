import CPostgres

/// A result of libpq, freed with its last reference.
final class PostgresResult: @unchecked Sendable {  // a PGresult is only read once it is made
    let pointer: OpaquePointer

    init(adopting pointer: OpaquePointer) {
        self.pointer = pointer
    }

    deinit {
        PQclear(pointer)
    }

    var status: ExecStatusType { PQresultStatus(pointer) }

    /// What the server reports as done, such as `INSERT 0 5`.
    var commandTag: String { String(cString: PQcmdStatus(pointer)) }

    /// Rows inserted, updated, deleted, selected or copied; 0 for commands that touch none.
    var affectedRows: Int { Int(String(cString: PQcmdTuples(pointer))) ?? 0 }

    var isError: Bool {
        switch status {
        case PGRES_BAD_RESPONSE, PGRES_FATAL_ERROR: true
        default: false
        }
    }

    /// The error that this result is, in the server's words.
    func error(sql: String, parameters: [PostgresValue]) -> PostgresError {
        let sqlState = field("C").map(SQLState.init(rawValue:))
        let fallback = String(cString: PQresultErrorMessage(pointer))
        var error = PostgresError(
            kind: sqlState == .queryCancelled ? .cancelled : .server,
            sqlState: sqlState,
            message: field("M") ?? fallback.onOneLine,
            sql: sql
        )
        error.detail = field("D")
        error.hint = field("H")
        error.context = field("W")
        error.schema = field("s")
        error.table = field("t")
        error.column = field("c")
        error.constraint = field("n")
        error.parameters = parameters
        return error
    }

    /// A field of the error report, by the letter of the protocol.
    func field(_ code: Unicode.Scalar) -> String? {
        PQresultErrorField(pointer, CInt(code.value)).map { String(cString: $0) }
    }
}

extension String {
    /// The text with every run of white space made one space, so that it stays on one line.
    var onOneLine: String {
        split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
}
