/// What a reliability diagram is asked for.
package struct CalibrationQuery: Sendable {
    /// Scores are counted in so many bins of equal width; a diagram takes some of them together.
    package static let finestBins = 60
    package static let usualBins = 10

    package var report: ReportQuery
    /// A divisor of `finestBins`.
    package var bins: Int

    package init(report: ReportQuery = ReportQuery(), bins: Int = usualBins) {
        self.report = report
        self.bins = bins
    }
}
