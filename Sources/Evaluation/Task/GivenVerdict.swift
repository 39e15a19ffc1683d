/// A verdict that was given, and the instant that it was about.
package struct GivenVerdict: Sendable, Equatable {
    package var verdict: RecommendationVerdict
    package var model: Name
    package var asOf: Instant
    package var isReplay: Bool

    package init(_ record: RecommendationRecord) {
        verdict = record.verdict
        model = record.model
        asOf = record.asOf
        isReplay = record.isReplay
    }
}
