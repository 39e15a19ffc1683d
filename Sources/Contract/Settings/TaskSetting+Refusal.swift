package import Evaluation

extension TaskSetting {
    /// A value that no task can have.
    package struct Refusal: Sendable {
        package let value: String
        /// What it can be, with a full stop.
        package let allowed: Wording

        init?(unless isPossible: Bool, _ value: String, _ allowed: Wording) {
            guard !isPossible else { return nil }
            self.value = value
            self.allowed = allowed
        }
    }
}
