import Statistics

/// Counts what is known of the labels of a task, one request after the other.
package struct LabelStatusBuilder: Sendable {
    private let task: PredictionTask
    private let buckets: TimeBuckets
    private let rank: LabelSourceRank
    /// What became known later does not count.
    private let horizon: Instant
    private let present: Instant
    private var counts: LabelStatusReport
    /// Hours from prediction to label, by label; of a regression task all by 0.
    private var delays: [Double: [Double]] = [:]
    private var curves: DelayCurveBuilder
    private var days: [Int32: (predictions: Int, labels: Int)] = [:]
    private var standing: [Int] = []
    /// Requests that were told in several ways.
    package private(set) var contradictory = ContradictionCount()

    /// - Parameters:
    ///   - task: As it was at the instant.
    ///   - dictionary: Its names.
    ///   - buckets: Its calendar.
    ///   - asOf: The instant; `nil` for the present.
    ///   - present: The instant, or the present.
    package init(
        task: PredictionTask,
        dictionary: TaskDictionary,
        buckets: TimeBuckets,
        asOf: Instant?,
        present: Instant
    ) {
        self.task = task
        self.buckets = buckets
        self.present = present
        horizon = asOf ?? .distantFuture
        rank = LabelSourceRank(task: task, dictionary: dictionary)
        counts = LabelStatusReport(task: task, asOf: present)
        curves = DelayCurveBuilder(task: task)
    }

    /// Counts a request; one without a prediction that stands is passed over.
    package mutating func add(_ history: PredictionHistory) {
        history.standing(asOf: horizon, into: &standing)
        guard let first = standing.map({ history.predictions[$0].predictedAt }).min() else {
            return
        }
        counts.predictionIDs += 1
        contradictory += ContradictionCount(of: history, asOf: horizon, standing: standing)
        days[buckets.localDay(of: first), default: (0, 0)].predictions += 1
        let maturity = CohortBuilder.maturity(of: buckets.number(of: first), task, buckets)
        if let label = history.currentLabel(asOf: horizon, rank: rank), let value = label.value {
            add(label, value, to: history, predictedAt: first, isDue: maturity <= present)
        } else {
            addUnlabelled(history, isDue: maturity <= present)
        }
    }

    private mutating func add(
        _ label: LabelRevision,
        _ value: Double,
        to history: PredictionHistory,
        predictedAt first: Instant,
        isDue: Bool
    ) {
        counts.labelled += 1
        if label.observedAt < first { counts.labelBeforePrediction += 1 }
        if history.isLabelRevised { counts.corrected += 1 }
        let hours = label.observedAt.hours(since: first)
        delays[task.kind.has(.classes) ? value : 0, default: []].append(hours)
        if isDue { curves.add(hours: hours, label: value) }
        let known = history.labels.map(\.knownAt).min() ?? label.knownAt
        days[buckets.localDay(of: known), default: (0, 0)].labels += 1
    }

    private mutating func addUnlabelled(_ history: PredictionHistory, isDue: Bool) {
        if !history.labels.isEmpty { counts.withdrawn += 1 }
        if isDue {
            curves.addUnlabelled()
            counts.overdue += 1
        } else {
            counts.pending += 1
        }
    }

    /// What the requests say; without orphans, uploads and what else is counted in other places.
    package var report: LabelStatusReport {
        var report = counts
        report.delays = quantiles
        report.curves = curves.curves
        report.days = days.sorted { $0.key < $1.key }.map { day, counts in
            LabelStatusReport.Day(
                start: Instant(seconds: buckets.startOfDay(day)),
                end: Instant(seconds: buckets.startOfDay(day + 1)),
                predictions: counts.predictions,
                labels: counts.labels
            )
        }
        return report
    }

    private var quantiles: [LabelStatusReport.Delay] {
        var named: [(Name, [Double])] = [("all", delays.values.flatMap { $0 })]
        if task.kind.has(.classes) {
            for (value, hours) in delays.sorted(by: { $0.key < $1.key })
            where task.classes.indices.contains(Int(value)) {
                named.append((task.classes[Int(value)], hours))
            }
        }
        return named.filter { !$0.1.isEmpty }.map { name, hours in
            let sorted = hours.sorted()
            return LabelStatusReport.Delay(
                name: name,
                n: sorted.count,
                p05: quantile(sorted: sorted, 0.05),
                p50: quantile(sorted: sorted, 0.5),
                p95: quantile(sorted: sorted, 0.95),
                p99: quantile(sorted: sorted, 0.99)
            )
        }
    }
}
