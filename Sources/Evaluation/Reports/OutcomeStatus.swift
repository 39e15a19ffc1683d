/// What is known of the outcome of a prediction; every prediction of a report is counted as one of these.
package enum OutcomeStatus: String, Sendable, CaseIterable {
    case labelled
    /// A negative, because the label policy says so and no label came.
    case implied
    /// No label, and it is not due yet.
    case pending
    /// No label, and its time bucket is past the horizon.
    case overdue
}
