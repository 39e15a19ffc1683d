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

    package init(
        connectionString: String,
        applicationName: String = "gnomon",
        statementTimeout: Duration? = nil,
        connectTimeout: Duration = .seconds(10),
        preparedStatementLimit: Int = 100
    ) {
        self.connectionString = connectionString
        self.applicationName = applicationName
        self.statementTimeout = statementTimeout
        self.connectTimeout = connectTimeout
        self.preparedStatementLimit = preparedStatementLimit
    }
}

extension PostgresConfiguration: CustomStringConvertible {
    /// Leaves the connection string out.
    package var description: String { "PostgresConfiguration(\(applicationName))" }
}
