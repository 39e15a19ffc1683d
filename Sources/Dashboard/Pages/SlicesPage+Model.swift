package import Evaluation

/// How good the models are on each part of the traffic.
package struct SlicesPage: Sendable {
    package var place: TaskPlace
    package var outline: TaskOutline
    package var choice: MetricPage.Choice
    /// `nil` where there are no predictions.
    package var slices: SliceReports?
    /// All traffic over the same interval.
    package var whole: Report?

    package init(
        place: TaskPlace,
        outline: TaskOutline,
        choice: MetricPage.Choice,
        slices: SliceReports?,
        whole: Report?
    ) {
        self.place = place
        self.outline = outline
        self.choice = choice
        self.slices = slices
        self.whole = whole
    }

    var address: PageAddress { chosen(place.address(.slices)) }

    var file: PageAddress { chosen(place.chart("slices")) }

    private func chosen(_ address: PageAddress) -> PageAddress {
        address.with("metric", choice.metric).with("from", choice.from).with("to", choice.to)
    }

    /// Slices that a drawing can hold: those with the most predictions.
    static let mostSlices = 40

    /// The models that are drawn: the champion, and the first shadows.
    var models: [Name] {
        let champion = [outline.champion].compactMap(\.self)
        return Array((champion + outline.shadows).prefix(3))
    }

    var shown: [SliceReport] {
        let all = slices?.slices ?? []
        guard all.count > Self.mostSlices else { return all }
        let least = all.map(Self.predictions).sorted(by: >)[Self.mostSlices - 1]
        return Array(all.filter { Self.predictions($0) >= least }.prefix(Self.mostSlices))
    }

    private static func predictions(_ slice: SliceReport) -> Int {
        slice.models.compactMap { $0.windows.first?.predictions }.max() ?? 0
    }

    func window(_ model: Name, _ slice: SliceReport) -> WindowReport? {
        slice.models.first { $0.model == model }?.windows.first
    }
}
