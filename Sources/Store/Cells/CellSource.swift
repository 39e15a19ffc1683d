import Postgres

/// Where cells come from that are read.
package enum CellSource: Sendable {
    /// What is reported.
    case all
    /// Requests that are held as rows, or were released with their partition.
    case rows

    var condition: SQL {
        switch self {
        case .all: ""
        case .rows: "AND upload_id <> \(constant: CellStore.forgotten)"
        }
    }
}
