import Contract
import Evaluation
import Presentation

extension MetricPage {
    var texts: WindowText { WindowText(task: place.task) }

    private var title: String { MetricNames.title(choice.metric) }

    private var better: String {
        MetricNames.side(choice.metric).map { " (\($0))" } ?? ""
    }

    /// `nil` where there is nothing to draw.
    package var figure: Figure? {
        guard let report, let buckets = try? place.task.timeBuckets(), !models.isEmpty else {
            return nil
        }
        let flags = flags(in: report.interval)
        let chart = TimeSeriesChart(
            id: "metric",
            valueTitle: title + better,
            series: models.map { model in
                TimeSeriesChart.Series(
                    name: model.model.text,
                    points: model.windows.map { point($0, of: model) }
                )
            },
            flags: flags,
            interval: report.interval,
            buckets: buckets
        )
        return Figure(
            name: "metric",
            id: "metric",
            title:
                "\(title) by \(choice.period == .all ? "whole interval" : choice.period.rawValue)",
            caption: place.caption(asOf: report.asOf, slice: choice.slice),
            description: description,
            reading: reading,
            chart: chart,
            links: chart.links,
            flags: flags.map(\.text),
            numbers: numbers,
            file: file
        )
    }

    private func point(_ window: WindowReport, of model: ModelReport) -> TimeSeriesChart.Point {
        let estimate = window.metrics.first?.estimate
        let name = texts.name(window.window, choice.period)
        let value = estimate.map(EstimateText.full) ?? NumberText.none
        let young = window.isMature ? "" : ", young"
        return TimeSeriesChart.Point(
            start: window.window.start,
            end: window.window.end,
            value: estimate?.value,
            low: estimate?.low,
            high: estimate?.high,
            isYoung: !window.isMature && window.predictions > 0,
            coverage: window.coverage,
            name: name,
            text:
                "\(model.model) \(name): \(value), \(NumberText.percent(window.coverage)) known\(young)",
            address: rows(window, of: model)
        )
    }

    private func rows(_ window: WindowReport, of model: ModelReport) -> PageAddress {
        place.rows(
            from: window.window.start,
            to: window.window.end,
            model: model.model,
            slice: choice.slice
        )
    }

    private var description: String {
        let lines = models.map { model in
            let known = model.windows.compactMap { $0.metrics.first?.estimate.value }
            guard let low = known.min(), let high = known.max(), let last = known.last else {
                return "\(model.model) has no labels yet"
            }
            return "\(model.model) lies between \(NumberText.number(low)) and "
                + "\(NumberText.number(high)), at the end at \(NumberText.number(last))"
        }
        return "\(title)\(better) over time. " + lines.joined(separator: "; ") + "."
    }

    private var reading: HTML {
        """
        <strong>How to read it.</strong> Each point is a \(choice.period.rawValue) of predictions\(intervals) \
        Bars below show how many labels are known. Where the field is hatched and points are hollow, the \
        window is <strong>young</strong>: labels are still out, and those that take longer may be of \
        another kind, so its numbers can move. Each <span class="roomy">point and each </span>window of \
        the numbers beneath leads to its predictions.
        """
    }

    /// Days are the units of intervals, so that a single one has none.
    private var intervals: String {
        let estimates = models.flatMap(\.windows).compactMap { $0.metrics.first?.estimate }
        return estimates.contains { $0.low != nil }
            ? ", with its 95 % interval as the shaded area; how much two models differ, the comparison says."
            : "; there are no intervals: losses take labels of two days and more, and some metrics have none."
    }

    // MARK: - Flags

    private static let mostFlags = 9

    private func flags(in interval: Window) -> [TimeSeriesChart.Flag] {
        var flags = outline.roles.map { change in
            TimeSeriesChart.Flag(
                at: change.validFrom,
                text:
                    "\(texts.moment(change.validFrom)): \(change.model) becomes \(change.role.rawValue)"
            )
        }
        var last: RecommendationVerdict?
        for given in outline.recommendations.reversed() where given.verdict != last {
            last = given.verdict
            flags.append(
                TimeSeriesChart.Flag(
                    at: given.asOf,
                    text:
                        "\(texts.moment(given.asOf)): \(given.isReplay ? "replayed " : "")recommendation "
                        + "for \(given.model): "
                        + given.verdict.badge.text.lowercased()
                )
            )
        }
        flags += outline.acknowledgements.map {
            TimeSeriesChart.Flag(
                at: $0.instant,
                text: "\(texts.moment($0.instant)): alarm about \($0.model) acknowledged"
            )
        }
        return Array(
            flags.filter { interval.contains($0.at) }.sorted { $0.at < $1.at }
                .suffix(Self.mostFlags)
        )
    }

    // MARK: - Numbers

    private var numbers: NumberTable {
        var table = NumberTable([
            .text("model", "Model"), .text("window", "Window"), .text("start", nil),
            .text("end", nil), .number("predictions", "Predictions"),
            .number("labelled", "Labelled"), .number("coverage", "Known"),
            .text("mature", "State"), .number(choice.metric, title), .number("low", "Low"),
            .number("high", "High"),
        ])
        for model in models {
            for window in model.windows {
                let estimate = window.metrics.first?.estimate ?? .undefined(n: 0, .notReported)
                table.rows.append([
                    NumberTable.Cell(model.model.text),
                    NumberTable.Cell(
                        texts.name(window.window, choice.period),
                        .string(texts.name(window.window, choice.period)),
                        address: rows(window, of: model)
                    ), NumberTable.Cell(window.window.start.iso8601),
                    NumberTable.Cell(window.window.end.iso8601), .count(window.predictions),
                    .count(window.labelled),
                    NumberTable.Cell(
                        NumberText.percent(window.coverage),
                        JSONValue(window.coverage)
                    ),
                    NumberTable.Cell(window.isMature ? "mature" : "young", .bool(window.isMature)),
                    .number(estimate.value), .number(estimate.low), .number(estimate.high),
                ])
            }
        }
        return table
    }
}

extension NumberTable.Cell {
    static func count(_ value: Int) -> NumberTable.Cell {
        NumberTable.Cell(NumberText.count(value), JSONValue(value))
    }

    static func number(_ value: Double?, decimals: Int? = nil) -> NumberTable.Cell {
        NumberTable.Cell(
            value.map { NumberText.number($0, decimals: decimals) } ?? NumberText.none,
            JSONValue(value)
        )
    }
}
