/// What a report is asked for.
package struct ReportQuery: Sendable {
    /// Where it is open it takes all that there is.
    package var window: Window
    package var period: ReportPeriod
    package var model: Name?
    package var byVersion: Bool
    package var slice: Slice?
    package var asOf: Instant?
    /// Take metrics from the rows that are not exact from cells.
    package var isExact: Bool
    /// The metrics to work out; `nil` for all.
    package var metrics: Set<String>?

    package init(
        window: Window = .always,
        period: ReportPeriod = .all,
        model: Name? = nil,
        byVersion: Bool = false,
        slice: Slice? = nil,
        asOf: Instant? = nil,
        isExact: Bool = false,
        metrics: Set<String>? = nil
    ) {
        self.window = window
        self.period = period
        self.model = model
        self.byVersion = byVersion
        self.slice = slice
        self.asOf = asOf
        self.isExact = isExact
        self.metrics = metrics
    }
}
