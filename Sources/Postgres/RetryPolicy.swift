/// How often a transaction is run again after a passing failure, and how long to wait before.
package struct RetryPolicy: Hashable, Sendable {
    /// The first run included.
    package var maximumAttempts: Int
    /// The longest wait before the second run; it doubles with every further one.
    package var firstDelay: Duration
    package var longestDelay: Duration
    /// Whether to run again after a connection was lost during COMMIT.
    ///
    /// Only for transactions that find out themselves that they took place already, as uploads do
    /// by their ledger.
    package var repeatsUncertainCommits: Bool

    package init(
        maximumAttempts: Int = 6,
        firstDelay: Duration = .milliseconds(20),
        longestDelay: Duration = .seconds(1),
        repeatsUncertainCommits: Bool = false
    ) {
        self.maximumAttempts = maximumAttempts
        self.firstDelay = firstDelay
        self.longestDelay = longestDelay
        self.repeatsUncertainCommits = repeatsUncertainCommits
    }

    package static let standard = RetryPolicy()
    /// Sits out the restart of a server, about half a minute.
    package static let patient = RetryPolicy(maximumAttempts: 40)
    package static let never = RetryPolicy(maximumAttempts: 1)

    /// The wait before the next run, or `nil` when the error stands.
    ///
    /// - Parameters:
    ///   - error: What ended the last run.
    ///   - attempt: The number of runs so far.
    ///   - jitter: A random number from 0 to 1, so that those who collided do not collide again.
    /// - Returns: Between half of the capped exponential delay and all of it.
    package func delay(after error: PostgresError, attempt: Int, jitter: Double) -> Duration? {
        guard attempt < maximumAttempts, error.isTransient else { return nil }
        if error.sqlState == .transactionResolutionUnknown, !repeatsUncertainCommits { return nil }
        let exponential = firstDelay * (1 << min(attempt - 1, 20))
        return min(exponential, longestDelay) * (0.5 + 0.5 * jitter)
    }
}
