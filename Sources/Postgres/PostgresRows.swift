import CPostgres

/// The rows of a query, held in memory as the server sent them and decoded when asked.
package struct PostgresRows: RandomAccessCollection, Sendable {
    let result: PostgresResult
    let sql: String
    package let columnNames: [String]
    package let columnTypes: [PostgresType]
    private let rowCount: Int

    init(_ result: PostgresResult, sql: String) {
        self.result = result
        self.sql = sql
        rowCount = Int(PQntuples(result.pointer))
        let columns = 0..<PQnfields(result.pointer)
        columnNames = columns.map { String(cString: PQfname(result.pointer, $0)) }
        columnTypes = columns.map { PostgresType(rawValue: PQftype(result.pointer, $0)) }
    }

    package var startIndex: Int { 0 }
    package var endIndex: Int { rowCount }

    package subscript(position: Int) -> PostgresRow {
        precondition(
            position >= 0 && position < rowCount,
            "Row \(position) was asked for; the result has \(rowCount) rows."
        )
        return PostgresRow(rows: self, index: position)
    }

    /// The only row.
    ///
    /// - Returns: The row of a result that has exactly one.
    /// - Throws: A decoding error where the result has no row or several.
    package func single() throws(PostgresError) -> PostgresRow {
        guard rowCount == 1 else {
            throw PostgresError(
                kind: .decoding,
                message: "The result has \(rowCount) rows; it must have one.",
                sql: sql
            )
        }
        return self[0]
    }

    func columnIndex(of column: PostgresColumn) throws(PostgresError) -> Int {
        switch column {
        case .index(let index):
            if columnNames.indices.contains(index) { return index }
            throw PostgresError(
                kind: .decoding,
                message: "Column \(index) was asked for; the result has \(columnNames.count).",
                sql: sql
            )
        case .name(let name):
            if let index = columnNames.firstIndex(of: name) { return index }
            throw PostgresError(
                kind: .decoding,
                message: "There is no column \"\(name)\"; the result has "
                    + columnNames.joined(separator: ", ") + ".",
                sql: sql
            )
        }
    }
}

/// A column by name or by position from 0; written as a literal of either kind.
package enum PostgresColumn: Hashable, Sendable, ExpressibleByStringLiteral,
    ExpressibleByIntegerLiteral, CustomStringConvertible
{
    case name(String)
    case index(Int)

    package init(stringLiteral name: String) {
        self = .name(name)
    }

    package init(integerLiteral index: Int) {
        self = .index(index)
    }

    package var description: String {
        switch self {
        case .name(let name): name
        case .index(let index): "\(index)"
        }
    }
}

/// One row of a result.
///
/// Reading never converts silently: integers widen exactly or fail.
///
/// A function that makes a value of a row is `@inline(never)`: inlined into an async caller, reading crashes the optimiser
/// of Swift 6.3.1.
package struct PostgresRow: Sendable {
    let rows: PostgresRows
    package let index: Int

    package func isNull(_ column: PostgresColumn) throws(PostgresError) -> Bool {
        PQgetisnull(rows.result.pointer, CInt(index), CInt(try rows.columnIndex(of: column))) == 1
    }

    /// The value as any of the types of `PostgresDecodable`.
    ///
    /// - Parameters:
    ///   - column: The name or the position.
    ///   - type: The Swift type, where it does not follow from the use.
    /// - Returns: The value, decoded exactly.
    /// - Throws: A decoding error that names row, column and type, also where the value is NULL.
    package func value<Value: PostgresDecodable>(
        _ column: PostgresColumn,
        as type: Value.Type = Value.self
    ) throws(PostgresError) -> Value {
        guard let value = try optional(column, as: type) else {
            throw decodingError(column, "is NULL; \(Value.self) was asked for.")
        }
        return value
    }

    /// The value, or `nil` where it is NULL.
    ///
    /// - Parameters:
    ///   - column: The name or the position.
    ///   - type: The Swift type, where it does not follow from the use.
    /// - Returns: The value, decoded exactly.
    /// - Throws: A decoding error that names row, column and type.
    package func optional<Value: PostgresDecodable>(
        _ column: PostgresColumn,
        as type: Value.Type = Value.self
    ) throws(PostgresError) -> Value? {
        let columnIndex = try rows.columnIndex(of: column)
        let pointer = rows.result.pointer
        let (row, position) = (CInt(index), CInt(columnIndex))
        if PQgetisnull(pointer, row, position) == 1 { return nil }
        let field = PostgresField(
            type: rows.columnTypes[columnIndex],
            bytes: UnsafeRawBufferPointer(
                start: PQgetvalue(pointer, row, position),
                count: Int(PQgetlength(pointer, row, position))
            )
        )
        guard let value = Value.decode(field) else {
            throw decodingError(
                column,
                "is \(field.type) of \(field.bytes.count) bytes; it does not fit \(Value.self)."
            )
        }
        return value
    }

    private func decodingError(_ column: PostgresColumn, _ reason: String) -> PostgresError {
        let name =
            switch column {
            case .name(let name): "\"\(name)\""
            case .index(let index): "\(index)"
            }
        return PostgresError(
            kind: .decoding,
            message: "Row \(index), column \(name) \(reason)",
            sql: rows.sql
        )
    }
}

extension PostgresRow {
    package func bool(_ column: PostgresColumn) throws(PostgresError) -> Bool {
        try value(column)
    }

    package func int16(_ column: PostgresColumn) throws(PostgresError) -> Int16 {
        try value(column)
    }

    package func int32(_ column: PostgresColumn) throws(PostgresError) -> Int32 {
        try value(column)
    }

    /// Also reads `numeric` without a fraction, the type of `sum(bigint)`.
    package func int64(_ column: PostgresColumn) throws(PostgresError) -> Int64 {
        try value(column)
    }

    package func int(_ column: PostgresColumn) throws(PostgresError) -> Int {
        try value(column)
    }

    package func double(_ column: PostgresColumn) throws(PostgresError) -> Double {
        try value(column)
    }

    package func text(_ column: PostgresColumn) throws(PostgresError) -> String {
        try value(column)
    }

    package func bytes(_ column: PostgresColumn) throws(PostgresError) -> [UInt8] {
        try value(column)
    }

    package func uuid(_ column: PostgresColumn) throws(PostgresError) -> PostgresUUID {
        try value(column)
    }

    /// Microseconds since 1970-01-01T00:00:00Z.
    package func timestamp(_ column: PostgresColumn) throws(PostgresError) -> Int64 {
        try value(column, as: PostgresInstant.self).microsecondsSince1970
    }

    /// Microseconds since 1970-01-01T00:00:00Z, or `nil` where the value is NULL.
    package func optionalTimestamp(_ column: PostgresColumn) throws(PostgresError) -> Int64? {
        try optional(column, as: PostgresInstant.self)?.microsecondsSince1970
    }

    package func optionalInt32(_ column: PostgresColumn) throws(PostgresError) -> Int32? {
        try optional(column)
    }

    package func optionalInt64(_ column: PostgresColumn) throws(PostgresError) -> Int64? {
        try optional(column)
    }

    package func optionalInt(_ column: PostgresColumn) throws(PostgresError) -> Int? {
        try optional(column)
    }

    package func optionalDouble(_ column: PostgresColumn) throws(PostgresError) -> Double? {
        try optional(column)
    }

    package func optionalText(_ column: PostgresColumn) throws(PostgresError) -> String? {
        try optional(column)
    }

    package func optionalBytes(_ column: PostgresColumn) throws(PostgresError) -> [UInt8]? {
        try optional(column)
    }

    package func int32Array(_ column: PostgresColumn) throws(PostgresError) -> [Int32] {
        try value(column)
    }

    package func int64Array(_ column: PostgresColumn) throws(PostgresError) -> [Int64] {
        try value(column)
    }

    package func doubleArray(_ column: PostgresColumn) throws(PostgresError) -> [Double] {
        try value(column)
    }

    package func textArray(_ column: PostgresColumn) throws(PostgresError) -> [String] {
        try value(column)
    }

    package func uuidArray(_ column: PostgresColumn) throws(PostgresError) -> [PostgresUUID] {
        try value(column)
    }

    package func bytesArray(_ column: PostgresColumn) throws(PostgresError) -> [[UInt8]] {
        try value(column)
    }
}
