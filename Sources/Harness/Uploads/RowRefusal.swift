import Ingest
import Postgres

/// That a row cannot be written, whoever it comes with.
///
/// What is wrong with the row is found by its checks, as a rule; this is what they let pass.
struct RowRefusal {
    /// For the one who sent the row: a full sentence.
    let reason: String

    /// SQLSTATE classes of errors that a value can cause.
    ///
    /// It is wrong or too large for its type, for a constraint, for an index, for a trigger, or for the server
    /// itself. All others, such as a lost connection, a full disk or a missing table, have nothing to do with the
    /// row.
    private static let classes: Set<Substring> = ["22", "23", "44", "54", "P0", "XX"]

    /// Makes nothing where a row cannot be the cause.
    ///
    /// - Parameter error: What ended an upload.
    init?(_ error: any Error) {
        switch error {
        case let error as IngestError:
            reason = "The row cannot be read: \(error)"
        case let error as PostgresError:
            guard error.kind == .server, let state = error.sqlState,
                Self.classes.contains(state.conditionClass)
            else { return nil }
            reason = "The database refused the row (SQLSTATE \(state)): \(error.message)."
        default: return nil
        }
    }
}
