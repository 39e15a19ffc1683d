/// A statement with its parameters: what is interpolated is sent apart from the text, never in it.
///
///     let sql: SQL = """
///         SELECT label
///         FROM labels
///         WHERE task_id = \(taskID)
///             AND known_at <= \(timestamp: asOf)
///         """
///
/// becomes `… task_id = $1 … known_at <= $2` with two binary parameters of type `bigint` and
/// `timestamptz`. Another `SQL` interpolates as text with its parameters renumbered. What the
/// grammar allows no parameter for (COPY, DDL, partition bounds) goes in through the labels
/// `constant:`, `constantTimestamp:`, `identifier:` and `literal:`, which quote.
package struct SQL: ExpressibleByStringInterpolation, Hashable, Sendable {
    /// The text between the parameters: one piece more than there are parameters.
    private(set) var pieces: [String]
    private(set) var parameters: [Parameter]

    struct Parameter: Hashable, Sendable {
        var value: PostgresValue
        var type: PostgresType
    }

    package init(stringLiteral text: String) {
        pieces = [text]
        parameters = []
    }

    package init(stringInterpolation: StringInterpolation) {
        self = stringInterpolation.sql
    }

    /// Takes text as it is.
    ///
    /// The text must not come from outside the program.
    package init(unsafe text: String) {
        self.init(stringLiteral: text)
    }

    /// The text as the server gets it, with `$1`, `$2` … for the parameters.
    package var text: String {
        guard !parameters.isEmpty else { return pieces[0] }
        var text = pieces[0]
        for index in parameters.indices {
            text += "$\(index + 1)"
            text += pieces[index + 1]
        }
        return text
    }

    package static func + (left: SQL, right: SQL) -> SQL {
        var sum = left
        sum += right
        return sum
    }

    package static func += (left: inout SQL, right: SQL) {
        left.append(text: right.pieces[0])
        left.pieces.append(contentsOf: right.pieces.dropFirst())
        left.parameters.append(contentsOf: right.parameters)
    }

    fileprivate mutating func append(text: String) {
        pieces[pieces.count - 1] += text
    }

    fileprivate mutating func append(_ value: PostgresValue, type: PostgresType) {
        parameters.append(Parameter(value: value, type: type))
        pieces.append("")
    }
}

extension Sequence<SQL> {
    /// The statements as one, with `separator` between each two of them.
    package func joined(separator: SQL) -> SQL {
        var sum: SQL = ""
        var isFirst = true
        for element in self {
            if !isFirst { sum += separator }
            sum += element
            isFirst = false
        }
        return sum
    }
}

// MARK: - Interpolation

extension SQL {
    package struct StringInterpolation: StringInterpolationProtocol {
        fileprivate var sql: SQL = ""

        package init(literalCapacity: Int, interpolationCount: Int) {}

        package mutating func appendLiteral(_ literal: String) {
            sql.append(text: literal)
        }

        package mutating func appendInterpolation(_ fragment: SQL) {
            sql += fragment
        }

        package mutating func appendInterpolation(_ value: PostgresValue) {
            sql.append(value, type: value.type)
        }

        /// A parameter that may be NULL and whose type is known nevertheless.
        package mutating func appendInterpolation(_ value: PostgresValue?, type: PostgresType) {
            sql.append(value ?? .null, type: type)
        }

        package mutating func appendInterpolation(_ value: Bool?) {
            appendInterpolation(value.map(PostgresValue.bool), type: .bool)
        }

        package mutating func appendInterpolation(_ value: Int16?) {
            appendInterpolation(value.map(PostgresValue.int16), type: .int2)
        }

        package mutating func appendInterpolation(_ value: Int32?) {
            appendInterpolation(value.map(PostgresValue.int32), type: .int4)
        }

        package mutating func appendInterpolation(_ value: Int64?) {
            appendInterpolation(value.map(PostgresValue.int64), type: .int8)
        }

        package mutating func appendInterpolation(_ value: Int?) {
            appendInterpolation(value.map { .int64(Int64($0)) }, type: .int8)
        }

        package mutating func appendInterpolation(_ value: Double?) {
            appendInterpolation(value.map(PostgresValue.double), type: .float8)
        }

        package mutating func appendInterpolation(_ value: String?) {
            appendInterpolation(value.map(PostgresValue.text), type: .text)
        }

        package mutating func appendInterpolation(_ value: [UInt8]?) {
            appendInterpolation(value.map(PostgresValue.bytes), type: .bytea)
        }

        package mutating func appendInterpolation(_ value: PostgresUUID?) {
            appendInterpolation(
                value.map { .uuid(high: $0.high, low: $0.low) },
                type: .uuid
            )
        }

        /// A `timestamptz`, given in microseconds since 1970-01-01T00:00:00Z.
        package mutating func appendInterpolation(timestamp value: Int64?) {
            appendInterpolation(
                value.map(PostgresValue.timestamp(microsecondsSince1970:)),
                type: .timestamptz
            )
        }

        package mutating func appendInterpolation(_ values: [Bool]) {
            appendInterpolation(.boolArray(values))
        }

        package mutating func appendInterpolation(_ values: [Int16]) {
            appendInterpolation(.int16Array(values))
        }

        package mutating func appendInterpolation(_ values: [Int32]) {
            appendInterpolation(.int32Array(values))
        }

        package mutating func appendInterpolation(_ values: [Int64]) {
            appendInterpolation(.int64Array(values))
        }

        package mutating func appendInterpolation(_ values: [Int]) {
            appendInterpolation(.int64Array(values.map(Int64.init)))
        }

        package mutating func appendInterpolation(_ values: [Double]) {
            appendInterpolation(.doubleArray(values))
        }

        package mutating func appendInterpolation(_ values: [String]) {
            appendInterpolation(.textArray(values))
        }

        package mutating func appendInterpolation(_ values: [[UInt8]]) {
            appendInterpolation(.bytesArray(values))
        }

        package mutating func appendInterpolation(_ values: [PostgresUUID]) {
            appendInterpolation(.uuidArray(values))
        }

        /// A `timestamptz[]`, given in microseconds since 1970-01-01T00:00:00Z.
        package mutating func appendInterpolation(timestamps values: [Int64]) {
            appendInterpolation(.timestampArray(microsecondsSince1970: values))
        }
    }
}

// MARK: - Constants in the text

extension SQL.StringInterpolation {
    /// An integer in the text itself; negative ones in parentheses, so that `a -\(…)` is no comment.
    package mutating func appendInterpolation(constant value: some FixedWidthInteger) {
        appendLiteral(value < 0 ? "(\(value))" : "\(value)")
    }

    /// An instant in the text itself, in microseconds since 1970-01-01T00:00:00Z.
    package mutating func appendInterpolation(constantTimestamp value: Int64) {
        appendLiteral(PostgresTimestamp.literal(microsecondsSince1970: value))
    }

    /// A name in double quotes.
    package mutating func appendInterpolation(identifier name: String) {
        appendLiteral(Self.quoted(name, with: "\"", doubling: ["\""]))
    }

    /// A text constant in single quotes, for statements that take no parameters.
    package mutating func appendInterpolation(literal value: String) {
        let hasBackslash = value.utf8.contains(UInt8(ascii: "\\"))
        appendLiteral(hasBackslash ? " E" : "")
        appendLiteral(Self.quoted(value, with: "'", doubling: hasBackslash ? ["'", "\\"] : ["'"]))
    }

    /// Goes by scalars: by characters, a quote with a combining mark after it would not be a quote.
    private static func quoted(
        _ value: String,
        with quote: Unicode.Scalar,
        doubling doubled: [Unicode.Scalar]
    ) -> String {
        var quoted = String.UnicodeScalarView()
        quoted.append(quote)
        for scalar in value.unicodeScalars {
            if doubled.contains(scalar) { quoted.append(scalar) }
            quoted.append(scalar)
        }
        quoted.append(quote)
        return String(quoted)
    }
}
