/// Somebody has dealt with an alarm of a model, and wants the detector to start again.
package struct Acknowledgement: Sendable, Equatable {
    /// Since when the alarm counts as dealt with.
    package var instant: Instant
    package var model: Name
    /// Whether the risk is held against a new baseline from then on: what raised the alarm is the new normal.
    package var renewsBaseline: Bool
    /// Why, in the words of who acknowledged.
    package var note: String

    package init(instant: Instant, model: Name, renewsBaseline: Bool, note: String) {
        self.instant = instant
        self.model = model
        self.renewsBaseline = renewsBaseline
        self.note = note
    }
}
