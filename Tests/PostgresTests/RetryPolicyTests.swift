import Testing

@testable import Postgres

struct RetryPolicyTests {
    private func error(_ state: String) -> PostgresError {
        PostgresError(kind: .server, sqlState: SQLState(rawValue: state), message: "")
    }

    @Test(arguments: ["40001", "40P01", "08006", "08001", "57P01"])
    func `passing failures are tried again`(state: String) {
        #expect(RetryPolicy.standard.delay(after: error(state), attempt: 1, jitter: 0) != nil)
    }

    @Test(arguments: ["23505", "57014", "42601", "53100", "08007"])
    func `other failures stand, and a commit of unknown outcome does`(state: String) {
        #expect(RetryPolicy.standard.delay(after: error(state), attempt: 1, jitter: 0) == nil)
    }

    @Test func `a commit of unknown outcome is repeated for those who ask`() {
        let policy = RetryPolicy(repeatsUncertainCommits: true)
        #expect(policy.delay(after: error("08007"), attempt: 1, jitter: 0) != nil)
    }

    @Test func `the wait doubles up to its cap and then the error stands`() {
        let policy = RetryPolicy(
            maximumAttempts: 5,
            firstDelay: .milliseconds(100),
            longestDelay: .milliseconds(300)
        )
        let delays = (1...5).map { policy.delay(after: error("40001"), attempt: $0, jitter: 1) }
        #expect(
            delays == [
                .milliseconds(100), .milliseconds(200), .milliseconds(300), .milliseconds(300), nil,
            ]
        )
        #expect(
            policy.delay(after: error("40001"), attempt: 1, jitter: 0) == .milliseconds(50)
        )
    }
}
