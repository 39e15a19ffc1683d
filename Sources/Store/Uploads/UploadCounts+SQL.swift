import Evaluation
import Postgres

/// The counts of uploads as columns, each by its name.
extension UploadCounts {
    static func columns(_ column: (UploadCount, SQL) -> SQL = { $1 }) -> SQL {
        UploadCount.allCases.map { column($0, "\(identifier: $0.rawValue)") }.joined(
            separator: ", "
        )
    }

    init(_ row: PostgresRow) throws(PostgresError) {
        try self.init { count throws(PostgresError) in
            try row.int64(PostgresColumn(stringLiteral: count.rawValue))
        }
    }
}
