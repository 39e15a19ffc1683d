import CPostgres

/// Where to connect to and how a session is set up.
package struct PostgresConfiguration: Sendable {
    /// A conninfo string or a URL, as libpq reads them.
    ///
    /// May hold a password: never log it.
    package var connectionString: String
    /// Shown in `pg_stat_activity`.
    package var applicationName: String
    /// The server cancels a statement that runs longer; `nil` leaves what the server has set.
    package var statementTimeout: Duration?
    package var connectTimeout: Duration
    /// Statements kept prepared by a connection; 0 where a proxy in between does not allow any.
    package var preparedStatementLimit: Int
    /// Is told the text of each statement that is about to run, to count them; not of BEGIN, COMMIT and ROLLBACK.
    package var onStatement: (@Sendable (String) -> Void)?
    /// What tells the time; the server's clock, unless a test moves through time.
    package var clock: any PostgresClock

    package init(
        connectionString: String,
        applicationName: String = "gnomon",
        statementTimeout: Duration? = nil,
        connectTimeout: Duration = .seconds(10),
        preparedStatementLimit: Int = 100,
        clock: any PostgresClock = ServerClock()
    ) {
        self.connectionString = connectionString
        self.applicationName = applicationName
        self.statementTimeout = statementTimeout
        self.connectTimeout = connectTimeout
        self.preparedStatementLimit = preparedStatementLimit
        self.clock = clock
    }
}

extension PostgresConfiguration: CustomStringConvertible {
    /// Leaves the connection string out.
    package var description: String { "PostgresConfiguration(\(applicationName))" }
}

extension PostgresConfiguration {
    /// What is wrong with the connection string, in words without any of it: libpq's own would quote
    /// a password.
    var connectionStringProblem: String? {
        let isURL = ["postgresql://", "postgres://"].contains { connectionString.hasPrefix($0) }
        guard isURL || connectionString.contains("=") else {
            // Anything else is the name of a database.
            return connectionString.contains { "/@:".contains($0) } ? Self.unreadable : nil
        }
        guard let options = PQconninfoParse(connectionString, nil) else { return Self.unreadable }
        PQconninfoFree(options)
        return nil
    }

    private static let unreadable = """
        The address of the database cannot be read. It is postgresql://USER@HOST:PORT/DATABASE, or \
        pairs as in "host=localhost dbname=gnomon"; in a URL, write % and @ in a password as %25 and \
        %40.
        """
}
