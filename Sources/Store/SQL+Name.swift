package import Evaluation
package import Postgres

extension SQL.StringInterpolation {
    package mutating func appendInterpolation(_ name: Name) {
        appendInterpolation(PostgresValue.text(name.text))
    }

    package mutating func appendInterpolation(_ name: Name?) {
        appendInterpolation(name.map { PostgresValue.text($0.text) }, type: .text)
    }

    package mutating func appendInterpolation(_ names: [Name]) {
        appendInterpolation(PostgresValue.textArray(names.map(\.text)))
    }
}

extension PostgresRow {
    func name(_ column: PostgresColumn) throws(PostgresError) -> Name {
        Name(try text(column))
    }

    func names(_ column: PostgresColumn) throws(PostgresError) -> [Name] {
        try textArray(column).map { Name($0) }
    }

    func optionalNames(_ column: PostgresColumn) throws(PostgresError) -> [Name]? {
        try optional(column, as: [String].self)?.map { Name($0) }
    }
}
