/// A recommendation as it was given, with all that it was concluded from.
package struct RecommendationRecord: Sendable, Equatable {
    package var asOf: Instant
    /// When it was first asked for, by the server's clock; `nil` until it is stored.
    package var askedAt: Instant?
    /// Whether it is a replay: nobody can have acted on this answer when it would have counted.
    package var isReplay: Bool
    package var model: Name
    package var verdict: RecommendationVerdict
    /// The options of the question; with the task and `asOf` they say which question it was, so the same options
    /// must always be written as the same text.
    package var options: String
    /// What the answer was concluded from, as JSON.
    package var inputs: String
    /// The JSON that was given, byte for byte.
    package var answer: String

    package init(
        asOf: Instant,
        askedAt: Instant? = nil,
        isReplay: Bool,
        model: Name,
        verdict: RecommendationVerdict,
        options: String,
        inputs: String,
        answer: String
    ) {
        self.asOf = asOf
        self.askedAt = askedAt
        self.isReplay = isReplay
        self.model = model
        self.verdict = verdict
        self.options = options
        self.inputs = inputs
        self.answer = answer
    }
}
