import Contract
package import Evaluation
import Foundation

/// What must be said in words about the windows of a report (rule T8).
package struct WindowNotes {
    package let task: PredictionTask
    package let period: ReportPeriod
    /// Of all models.
    package let windows: [WindowReport]
    package let metrics: [String]
    package let windowText: WindowText
    package let voice: Voice

    package init(
        task: PredictionTask,
        period: ReportPeriod,
        windows: [WindowReport],
        metrics: [String],
        windowText: WindowText,
        voice: Voice = .terminal
    ) {
        self.task = task
        self.period = period
        self.windows = windows
        self.metrics = metrics
        self.windowText = windowText
        self.voice = voice
    }

    private static let limit = 4

    package var items: [String] {
        maturity + reasons + bounds + implied
    }

    // MARK: - Young windows, missing labels

    private struct Gap: Hashable {
        var window: ReportWindow
        var predictions: Int
        var pending: Int
        var overdue: Int
        var isMature: Bool
    }

    /// The windows that lack labels, once where several models lack the same.
    private var gaps: [Gap] {
        var seen: Set<Gap> = []
        return windows.map {
            Gap(
                window: $0.window,
                predictions: $0.predictions,
                pending: $0.pending,
                overdue: $0.overdue,
                isMature: $0.isMature
            )
        }.filter { seen.insert($0).inserted }
    }

    private var maturity: [String] {
        let young = gaps.filter { !$0.isMature }
        var notes = young.suffix(Self.limit).map(youngNote)
        if young.count > Self.limit {
            notes.insert(
                "\(young.count - Self.limit) earlier windows are young as well.",
                at: 0
            )
        }
        let old = gaps.filter { $0.isMature && $0.overdue > 0 }
        if let worst = old.max(by: { share($0) < share($1) }) {
            let name = period == .all ? "One model" : windowText.name(worst.window, period)
            let place = gaps.count > 1 ? "\(name) lacks most: " : ""
            notes.append(
                "\(place)\(count(worst.overdue)) of \(count(worst.predictions)) predictions "
                    + "(\(NumberText.percent(share(worst)))) have no label, though the horizon of "
                    + "\(DurationText.text(task.horizonSeconds)) has passed; the numbers leave them out."
            )
        }
        return notes
    }

    private func share(_ gap: Gap) -> Double {
        Double(gap.overdue) / Double(max(1, gap.predictions))
    }

    private func youngNote(_ gap: Gap) -> String {
        let name = period == .all ? "The window" : windowText.name(gap.window, period)
        let due = gap.window.end.advanced(bySeconds: task.horizonSeconds).iso8601
        guard gap.pending > 0 else {
            return "\(name) is young: labels may still come or change until \(due)."
        }
        return
            "\(name) is young: \(count(gap.pending)) of \(count(gap.predictions)) labels are still "
            + "out. Labels that take longer may be of another kind, so its numbers can move a lot; "
            + "it is mature at \(due)."
    }

    // MARK: - Metrics

    private var estimates: [(metric: String, window: String, estimate: MetricEstimate)] {
        windows.flatMap { window in
            window.metrics.filter { metrics.contains($0.name) }.map {
                ($0.name, windowText.name(window.window, period), $0.estimate)
            }
        }
    }

    /// Why a metric has no value or no interval: once for all metrics and windows of one reason.
    private var reasons: [String] {
        var order: [MetricReason] = []
        var titles: [MetricReason: [String]] = [:]
        var places: [MetricReason: [String]] = [:]
        for (metric, window, estimate) in estimates {
            // Where a metric never has an interval, nobody waits for one.
            guard let reason = estimate.reason, reason != .notEstimated else { continue }
            if titles[reason] == nil { order.append(reason) }
            let title = MetricNames.title(metric)
            if titles[reason]?.contains(title) != true { titles[reason, default: []].append(title) }
            if places[reason]?.contains(window) != true {
                places[reason, default: []].append(window)
            }
        }
        return order.map { reason in
            let text = "\((titles[reason] ?? []).joined(separator: ", ")): \(reason.rawValue)"
            let places = places[reason] ?? []
            guard period != .all else { return "\(text)." }
            let shown = places.prefix(3).joined(separator: ", ")
            let more = places.count > 3 ? " and \(places.count - 3) more" : ""
            return "\(text) (\(shown)\(more))."
        }
    }

    /// Metrics that were taken from histograms, with the most by which they may be off.
    private var bounds: [String] {
        var bounded: [String] = []
        var fitted: [String] = []
        for metric in metrics {
            let bounds = estimates.filter { $0.metric == metric && $0.estimate.value != nil }
                .map(\.estimate.bound)
            let title = MetricNames.title(metric)
            if bounds.contains(nil) {
                fitted.append(title)
            } else if let largest = bounds.compactMap(\.self).max(), largest > 0 {
                bounded.append("\(title) ±\(NumberText.bound(largest))")
            }
        }
        let advice = voice == .terminal ? "; --exact reads the rows." : "."
        return [
            bounded.isEmpty
                ? nil
                : "Not exact, from the score histogram, with the most it may be off: "
                    + "\(bounded.joined(separator: ", "))\(advice)",
            fitted.isEmpty
                ? nil
                : "Fitted to the score histogram, close to the rows: "
                    + "\(fitted.joined(separator: ", "))\(advice)",
        ].compactMap(\.self)
    }

    private var implied: [String] {
        let implied = windows.reduce(0) { $0 + $1.implied }
        guard implied > 0 else { return [] }
        return [
            "\(count(implied)) labels are implied: the task says that no label after the horizon "
                + "means negative."
        ]
    }

    private func count(_ value: Int) -> String { NumberText.count(value) }
}

extension NumberText {
    /// A bound, rounded up to one digit.
    package static func bound(_ value: Double) -> String {
        guard value > 0, value.isFinite else { return "0" }
        var step = 1.0
        var decimals = 0
        while value < step, decimals < 9 {
            step /= 10
            decimals += 1
        }
        let rounded = (value / step).rounded(.up) * step
        return String(format: "%.\(decimals)f", rounded)
    }
}
