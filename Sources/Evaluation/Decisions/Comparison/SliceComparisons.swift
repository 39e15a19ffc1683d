import Statistics

/// The comparison slice by slice: every finding holds with all slices held together to 5 %.
struct SliceComparisons {
    private let builder: ComparisonBuilder
    private static let alpha = 0.05

    init(_ builder: ComparisonBuilder) {
        self.builder = builder
    }

    func build() -> [SliceComparison] {
        let labels = builder.slices.keys.sorted()
        let steps = HolmSteps(labels.count, alpha: Self.alpha) { index, alpha in
            path(labels[index], alpha).points.last?.interval.map { !$0.contains(0) } ?? false
        }
        return labels.enumerated().map { index, label in
            let alpha = steps.levels[index]
            let path = path(label, alpha)
            let interval = path.points.last?.interval
            let days = builder.slices[label] ?? [:]
            return SliceComparison(
                slice: label,
                pairs: ComparisonBuilder.sum(days.values, kind: builder.task.kind).pairs,
                metric: builder.compared(loss, days),
                low: interval?.low,
                high: interval?.high,
                cohorts: path.days.count,
                alpha: alpha,
                finding: Self.finding(interval)
            )
        }
    }

    /// Areas are not kept by slice; their default loss stands in.
    private var loss: PairedLoss {
        if case .loss(let loss) = builder.metric { return loss }
        return builder.task.kind.mainLoss
    }

    private func path(_ label: Slice, _ alpha: Double) -> GainPath {
        GainPath(
            builder.sliceDays[label] ?? [],
            metric: .loss(loss),
            options: ComparisonOptions(),
            alpha: alpha
        )
    }

    private static func finding(_ interval: Interval?) -> SliceComparison.Finding {
        guard let interval else { return .undecided }
        if interval.low > 0 { return .better }
        return interval.high < 0 ? .worse : .undecided
    }
}
