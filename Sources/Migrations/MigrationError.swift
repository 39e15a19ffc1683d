/// Why the schema cannot be brought up to date.
package enum MigrationError: Error, Hashable, Sendable {
    /// The database has migrations that this program does not know.
    case databaseIsNewer(database: Int, program: Int)
    /// The text of a migration is not the one that was applied.
    case changedAfterwards(version: Int, name: String)
    /// A migration was applied and one before it was not.
    case gap(version: Int)
}

extension MigrationError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .databaseIsNewer(let database, let program):
            """
            The database has the schema of a newer gnomon: it is at migration \(database), and this \
            program knows \(program). Install the newer gnomon; the schema does not go back.
            """
        case .changedAfterwards(let version, let name):
            """
            Migration \(version) (\(name)) is not the one that this database got. A migration is never \
            changed once it was applied; restore its text and add a new one.
            """
        case .gap(let version):
            """
            This database lacks migration \(version), but has a later one. It was changed by hand, or \
            by another program; restore it from a backup.
            """
        }
    }
}
