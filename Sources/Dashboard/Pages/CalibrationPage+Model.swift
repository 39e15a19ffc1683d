package import Evaluation

/// Whether a model's probabilities mean what they say.
package struct CalibrationPage: Sendable {
    package var place: TaskPlace
    package var outline: TaskOutline
    package var choice: MetricPage.Choice
    package var bins: Int
    /// `nil` where there is nothing to show.
    package var report: CalibrationReport?

    package init(
        place: TaskPlace,
        outline: TaskOutline,
        choice: MetricPage.Choice,
        bins: Int,
        report: CalibrationReport?
    ) {
        self.place = place
        self.outline = outline
        self.choice = choice
        self.bins = bins
        self.report = report
    }

    /// The numbers of bins that are offered, with the one that was asked for.
    var binCounts: [Int] { Set([10, 15, 20, 30, bins]).sorted() }

    var address: PageAddress { chosen(place.address(.calibration)) }

    var file: PageAddress { chosen(place.chart("reliability")) }

    private func chosen(_ address: PageAddress) -> PageAddress {
        address.with("model", choice.model?.text).with("slice", choice.slice)
            .with("from", choice.from).with("to", choice.to)
            .with("bins", bins == CalibrationQuery.usualBins ? nil : "\(bins)")
            .with("exact", choice.isExact ? "true" : nil)
    }
}
