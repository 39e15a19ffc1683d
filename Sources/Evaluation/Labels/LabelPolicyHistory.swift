/// The label policies that a task has had.
package struct LabelPolicyHistory: Sendable {
    /// The first one first.
    private let policies: [(from: Instant, policy: LabelPolicy)]

    package init(_ policies: [(from: Instant, policy: LabelPolicy)] = []) {
        self.policies = policies
    }

    /// The policy of an instant; `nil` for one before the first.
    package subscript(instant: Instant) -> LabelPolicy? {
        policies.last { $0.from <= instant }?.policy
    }
}
