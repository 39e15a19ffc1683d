/// Why the private PostgreSQL server cannot be had; every text says what to do.
package enum EmbeddedPostgresError: Error, Hashable, Sendable {
    case binariesNotFound(searched: [String])
    case binariesOfOtherVersion(cluster: String, found: [String])
    case noUnprivilegedAccount
    case noWayToChangeUser(to: String)
    case directoryNotReachable(path: String, user: String)
    case fileSystem(path: String, operation: String, reason: String)
    case commandFailed(command: String, output: String)
    case serverDidNotStart(log: String, lastLines: String)
    case serverDidNotAnswer(seconds: Int, reason: String)
}

extension EmbeddedPostgresError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .binariesNotFound(let searched):
            """
            PostgreSQL is not installed: no initdb and pg_ctl in \(searched.joined(separator: ", ")). \
            Install it (Debian, Ubuntu: apt-get install postgresql; macOS: brew install postgresql), \
            or name a server with --database.
            """
        case .binariesOfOtherVersion(let cluster, let found):
            """
            The private database was made by PostgreSQL \(cluster), and only \
            \(found.joined(separator: ", ")) is installed. Install PostgreSQL \(cluster) again, or \
            copy the data with its pg_dumpall.
            """
        case .noUnprivilegedAccount:
            """
            PostgreSQL does not run as root, and there is no account "postgres" or "nobody" to run it \
            as. Create one, or name a server with --database.
            """
        case .noWayToChangeUser(let user):
            """
            PostgreSQL does not run as root, and none of setpriv, runuser and su is there to run it as \
            "\(user)". Install util-linux, or name a server with --database.
            """
        case .directoryNotReachable(let path, let user):
            """
            The account "\(user)", which runs PostgreSQL on behalf of root, may not enter \(path). \
            Choose another place with XDG_DATA_HOME.
            """
        case .fileSystem(let path, let operation, let reason):
            "Could not \(operation) \(path): \(reason)."
        case .commandFailed(let command, let output):
            "\(command) failed: \(output)"
        case .serverDidNotStart(let log, let lastLines):
            "The private PostgreSQL server did not start. The end of \(log):\n\(lastLines)"
        case .serverDidNotAnswer(let seconds, let reason):
            "The private PostgreSQL server did not answer within \(seconds) s: \(reason)"
        }
    }
}
