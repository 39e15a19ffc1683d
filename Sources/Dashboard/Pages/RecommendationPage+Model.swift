package import Contract
package import Evaluation

/// What to do about the champion, and what says so.
package struct RecommendationPage: Sendable {
    package var place: TaskPlace
    package var outline: TaskOutline
    /// What was asked, beside the instant.
    package var asked: Parameters
    /// `nil` where there is no champion.
    package var answer: RecommendationAnswer?
    /// What was recommended before, the newest first; `nil` as of an instant, since what happened after it is not
    /// to be shown then.
    package var history: [PastRecommendation]?

    package init(
        place: TaskPlace,
        outline: TaskOutline,
        asked: Parameters = Parameters(),
        answer: RecommendationAnswer?,
        history: [PastRecommendation]?
    ) {
        self.place = place
        self.outline = outline
        self.asked = asked
        self.answer = answer
        self.history = history
    }

    /// Recommendations of the history.
    package static let mostEntries = 60

    var address: PageAddress { place.address(.recommendation).with(asked) }
}
