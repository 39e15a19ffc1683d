package import Evaluation

/// The champion against each of its shadows.
package struct ComparisonPage: Sendable {
    package var place: TaskPlace
    package var outline: TaskOutline
    /// The metric and the least gain as they were asked for; `nil` for the usual ones.
    package var metric: String?
    package var minimumGain: String?
    /// Whether rows are read, for the areas under the curve.
    package var isExact: Bool
    /// `nil` where there is no champion or no shadow.
    package var report: ComparisonReport?

    package init(
        place: TaskPlace,
        outline: TaskOutline,
        metric: String?,
        minimumGain: String?,
        isExact: Bool = false,
        report: ComparisonReport?
    ) {
        self.place = place
        self.outline = outline
        self.metric = metric
        self.minimumGain = minimumGain
        self.isExact = isExact
        self.report = report
    }

    var address: PageAddress {
        place.address(.comparison).with("metric", metric).with("minimum_gain", minimumGain)
            .with("exact", isExact ? "true" : nil)
    }

    func file(_ shadow: Name) -> PageAddress {
        place.chart("gain").with("shadow", shadow.text).with("metric", metric)
            .with("minimum_gain", minimumGain)
    }
}

extension ComparisonVerdict {
    var badge: Badge {
        switch self {
        case .promote: Badge("Shadow better", .good)
        case .nonInferior: Badge("As good", .good)
        case .keepChampion: Badge("Shadow not better", .bad)
        case .undecided: Badge("Not decided", .warn)
        }
    }
}
