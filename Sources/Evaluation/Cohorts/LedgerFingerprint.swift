/// How many cohorts with predictions there are, and the SHA-256 of their cells: equal ledgers have equal ones.
package struct LedgerFingerprint: Sendable, Equatable {
    package var cohorts: Int
    package var digest: String

    package init(
        cohorts: Int,
        digest: String
    ) {
        self.cohorts = cohorts
        self.digest = digest
    }
}
