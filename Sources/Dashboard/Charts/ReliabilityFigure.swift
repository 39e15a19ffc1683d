package import Evaluation
import Presentation

/// A reliability diagram with everything around it, for pages, for the API and for the command line.
package struct ReliabilityFigure: Sendable {
    package var report: CalibrationReport
    /// The slice that it is about, as `key=value`; `nil` for all traffic.
    var slice: String?
    /// Its file without the ending; `nil` outside of pages.
    var file: PageAddress?

    package init(report: CalibrationReport, slice: String?) {
        self.report = report
        self.slice = slice
    }

    init(report: CalibrationReport, slice: String?, file: PageAddress) {
        self.init(report: report, slice: slice)
        self.file = file
    }

    /// The diagram as a file of its own; without labels only its axes.
    package var svg: String { figure.svg.text }

    private var window: String {
        WindowText(task: report.task).name(report.window.window, .all)
    }

    private var verdict: String {
        let outside = report.bins.filter {
            $0.observed < $0.consistentLow || $0.observed > $0.consistentHigh
        }
        guard !report.bins.isEmpty else { return "There are no labels in this interval." }
        return outside.isEmpty
            ? "All \(report.bins.count) bins lie within what calibrated scores would show."
            : "\(outside.count) of \(report.bins.count) bins lie outside of what calibrated scores would show."
    }

    var figure: Figure {
        let place = TaskPlace(report.task, asOf: nil)
        let labelled =
            "\(NumberText.count(report.window.labelled)) of "
            + "\(NumberText.count(report.window.predictions)) labelled"
            + (report.window.isMature ? "" : ", young")
        return Figure(
            name: "reliability",
            id: "reliability",
            title: "Reliability of \(report.model), \(window)",
            caption: "\(place.caption(asOf: report.asOf, slice: slice)); \(labelled)",
            description: verdict + " " + words,
            reading: """
                <strong>How to read it.</strong> Each point is a bin of scores: across, what the model said on \
                average; up, how often it happened, with a 95 % interval. On the dashed diagonal both agree; \
                above it more happened than was said. The grey band is where 95 % of the points of \
                calibrated scores would lie, bin by bin. \(verdict) The bars beneath count the \
                predictions of each bin: few predictions, wide intervals.
                """,
            chart: ReliabilityChart(bins: report.bins),
            numbers: numbers,
            file: file ?? place.chart("reliability")
        )
    }

    private var words: String {
        report.bins.map {
            "said \(NumberText.number($0.meanScore)), happened \(NumberText.number($0.observed)) of "
                + NumberText.count($0.n)
        }.joined(separator: "; ") + "."
    }

    private var numbers: NumberTable {
        var table = NumberTable([
            .number("low", "Scores from"), .number("high", "to"), .number("n", "Labelled"),
            .number("mean_score", "Said"), .number("observed", "Happened"),
            .number("observed_low", "Low"), .number("observed_high", "High"),
            .number("consistent_low", "Calibrated from"), .number("consistent_high", "to"),
        ])
        table.rows = report.bins.map {
            [
                .number($0.low), .number($0.high), .count($0.n), .number($0.meanScore),
                .number($0.observed), .number($0.observedLow), .number($0.observedHigh),
                .number($0.consistentLow), .number($0.consistentHigh),
            ]
        }
        return table
    }
}
