package import Evaluation

/// How good the models of a task are, over time.
package struct MetricPage: Sendable {
    package var place: TaskPlace
    package var outline: TaskOutline
    package var choice: Choice
    /// By the chosen period, with the chosen metric; `nil` where there are no predictions.
    package var report: Report?
    /// The whole interval at once, with all metrics.
    package var whole: Report?

    package init(
        place: TaskPlace,
        outline: TaskOutline,
        choice: Choice,
        report: Report?,
        whole: Report?
    ) {
        self.place = place
        self.outline = outline
        self.choice = choice
        self.report = report
        self.whole = whole
    }

    /// What is looked at.
    package struct Choice: Sendable, Equatable {
        package var metric: String
        package var period: ReportPeriod
        package var model: Name?
        /// As `key=value`.
        package var slice: String?
        /// As it was given: a date or an instant.
        package var from: String?
        package var to: String?
        /// Whether rows are read for what is not exact from cells.
        package var isExact = false

        package init(metric: String, period: ReportPeriod) {
            self.metric = metric
            self.period = period
        }
    }

    /// The windows that a page can show.
    package static let mostWindows = 370

    /// The period that shows an interval in a few dozen windows.
    package static func period(for interval: Window?) -> ReportPeriod {
        guard let interval else { return .day }
        let seconds =
            interval.upperBound.secondsRoundedDown - interval.lowerBound.secondsRoundedDown
        switch seconds / 86_400 {
        case ..<46: return .day
        case ..<430: return .week
        default: return .month
        }
    }

    /// The models that are drawn: the champion first, and no more than can be told apart.
    var models: [ModelReport] {
        let all = (report?.models ?? []).filter { !$0.windows.isEmpty }
        let first = all.filter { $0.role == .champion } + all.filter { $0.role == .shadow }
        return Array((first + all.filter { $0.role == .retired }).prefix(SeriesStyle.count))
    }

    var address: PageAddress { chosen(place.address(.metric)) }

    /// The place with everything that was chosen.
    private func chosen(_ address: PageAddress) -> PageAddress {
        address.with("metric", choice.metric).with("by", choice.period.rawValue)
            .with("model", choice.model?.text).with("slice", choice.slice)
            .with("from", choice.from).with("to", choice.to)
            .with("exact", choice.isExact ? "true" : nil)
    }

    var file: PageAddress { chosen(place.chart("metric")) }
}

extension TaskPlace {
    /// What a drawing is about.
    func caption(asOf: Instant, slice: String? = nil) -> String {
        [task.name.text, slice, "as known at \(asOf.iso8601)"].compactMap(\.self)
            .joined(separator: ", ")
    }

    /// The file of a drawing, without its ending.
    func chart(_ name: String) -> PageAddress {
        PageAddress(["tasks", task.name.text, "charts", name]).with("as_of", asOf?.iso8601)
    }
}
