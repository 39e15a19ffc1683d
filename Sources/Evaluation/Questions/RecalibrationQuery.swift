/// What a recalibration is asked for.
package struct RecalibrationQuery: Sendable {
    /// The champion where it is not given.
    package var model: Name?
    package var method: RecalibrationMethod
    /// The days to fit on; `nil` for the older half of the last ones.
    package var interval: Window?
    package var asOf: Instant?

    package init(
        model: Name? = nil,
        method: RecalibrationMethod = .platt,
        interval: Window? = nil,
        asOf: Instant? = nil
    ) {
        self.model = model
        self.method = method
        self.interval = interval
        self.asOf = asOf
    }
}
