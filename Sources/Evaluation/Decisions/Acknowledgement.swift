/// Somebody saw an alarm and took it as dealt with.
package struct Acknowledgement: Sendable, Equatable {
    package var instant: Instant
    package var model: String
    /// Whether the risk from then on is the new normal.
    package var renewsBaseline: Bool
    package var note: String

    package init(instant: Instant, model: String, renewsBaseline: Bool, note: String) {
        self.instant = instant
        self.model = model
        self.renewsBaseline = renewsBaseline
        self.note = note
    }
}
