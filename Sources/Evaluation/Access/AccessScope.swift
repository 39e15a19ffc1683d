/// One thing that a token lets its bearer do; none includes another.
package enum AccessScope: String, Sendable, CaseIterable {
    /// Post predictions.
    case predictions
    /// Post labels.
    case labels
    /// Say of posted rows when they became known (rule T7), and give baselines.
    case backfill
    /// Ask for everything there is to read.
    case read
    /// Create and change tasks, give roles, make and revoke tokens, verify.
    case admin
}
