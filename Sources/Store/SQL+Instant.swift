package import Evaluation
package import Postgres

extension SQL.StringInterpolation {
    package mutating func appendInterpolation(_ instant: Instant) {
        appendInterpolation(PostgresValue.timestamp(microsecondsSince1970: instant.microseconds))
    }

    package mutating func appendInterpolation(_ instant: Instant?) {
        if let instant {
            appendInterpolation(instant)
        } else {
            appendInterpolation(PostgresValue.null)
        }
    }
}

extension PostgresRow {
    func instant(_ column: PostgresColumn) throws(PostgresError) -> Instant {
        Instant(microseconds: try timestamp(column))
    }

    func optionalInstant(_ column: PostgresColumn) throws(PostgresError) -> Instant? {
        try optionalTimestamp(column).map(Instant.init(microseconds:))
    }
}
