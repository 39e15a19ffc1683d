import Statistics

extension SliceComparison {
    /// The slices in which a shadow is surely worse, in sentences.
    ///
    /// `overall` says how it stands over all requests.
    static func harms(
        of shadow: Name,
        in slices: [SliceComparison],
        overall: String
    ) -> [String] {
        slices.filter { $0.finding == .worse }.map { slice in
            "\(shadow) is \(overall) overall, but worse for \(slice.slice): the gain lies in "
                + "\(Text.number(slice.low ?? 0)) to \(Text.number(slice.high ?? 0)), with "
                + "\(slices.count { $0.cohorts > 0 }) slices looked at."
        }
    }
}

/// The comparison slice by slice: every finding holds with all slices held together to 5 %.
package struct SliceComparisons {
    private let builder: ComparisonBuilder
    private let inflation: Double
    private static let alpha = 0.05

    /// Sums by entity are kept over all slices alone: what entities do to the variance there, they are taken to do in each.
    package init(_ builder: ComparisonBuilder) {
        self.builder = builder
        let whole = builder.path(alpha: Self.alpha)
        inflation = max(1, whole.clusters == nil ? 1 : whole.designEffect ?? 1)
    }

    package func build() -> [SliceComparison] {
        // Slices whose labels are still to come share no error with the others.
        let matured = builder.sliceDays.filter { $0.value.contains { $0.sums.pairs > 0 } }.keys
        let rest = Set(builder.slices.keys).subtracting(matured)
        return (compared(matured.sorted()) + compared(rest.sorted())).sorted { $0.slice < $1.slice }
    }

    private func compared(_ labels: [Slice]) -> [SliceComparison] {
        let steps = HolmSteps(labels.count, alpha: Self.alpha) { index, alpha in
            path(labels[index], alpha).points.last?.interval.map { !$0.contains(0) } ?? false
        }
        return labels.enumerated().map { index, label in
            let alpha = steps.levels[index]
            let path = path(label, alpha)
            let interval = path.points.last?.interval
            let days = builder.slices[label] ?? [:]
            let total = ComparisonBuilder.sum(days.values, kind: builder.task.kind)
            return SliceComparison(
                slice: label,
                pairs: total.pairs,
                apart: builder.apart(total),
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
            alpha: alpha,
            inflation: inflation
        )
    }

    private static func finding(_ interval: Interval?) -> SliceComparison.Finding {
        guard let interval else { return .undecided }
        if interval.low > 0 { return .better }
        return interval.high < 0 ? .worse : .undecided
    }
}
