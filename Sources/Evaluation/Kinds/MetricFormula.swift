/// A metric, and how it is worked out from the figures of a window.
///
/// Figures that several metrics share are kept by `Figures`: what no wanted metric needs is not worked out.
struct MetricFormula<Figures>: Sendable {
    let metric: Metric
    let estimate: @Sendable (inout Figures) -> MetricEstimate

    init(_ metric: Metric, _ estimate: @escaping @Sendable (inout Figures) -> MetricEstimate) {
        self.metric = metric
        self.estimate = estimate
    }
}

extension Array {
    /// Works out metrics of one window.
    ///
    /// - Parameters:
    ///   - figures: Of the window.
    ///   - labelled: How many labelled rows it has; without any, no metric has a value.
    ///   - wanted: Names; `nil` for all.
    /// - Returns: In the order of the formulas.
    func estimates<Figures>(
        of figures: Figures,
        labelled: Int,
        wanted: Set<String>?
    ) -> [NamedMetric] where Element == MetricFormula<Figures> {
        var figures = figures
        var estimates: [NamedMetric] = []
        for formula in self where wanted?.contains(formula.metric.name) ?? true {
            estimates.append(
                NamedMetric(
                    formula.metric.name,
                    labelled > 0 ? formula.estimate(&figures) : .undefined(n: 0, .noLabels)
                )
            )
        }
        return estimates
    }
}
