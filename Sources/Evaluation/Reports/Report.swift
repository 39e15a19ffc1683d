/// What is known of a model in a window.
package struct WindowReport: Sendable, Equatable {
    package var window: ReportWindow
    package var predictions: Int
    package var labelled: Int
    package var pending: Int
    package var overdue: Int
    /// Of `labelled`, those that the label policy implies.
    package var implied: Int
    /// Whether every prediction that could fall in the window is past the label horizon.
    package var isMature: Bool
    package var metrics: [NamedMetric]

    /// labelled / predictions, `nil` without predictions.
    package var coverage: Double? {
        predictions > 0 ? Double(labelled) / Double(predictions) : nil
    }
}

package struct ModelReport: Sendable, Equatable {
    package var model: Name
    /// `nil` where the versions of the model are taken together.
    package var version: Name?
    package var role: ModelRole
    /// Since when the model is taken for the champion, where nobody has named one.
    package var assumedSince: Instant?
    package var windows: [WindowReport]
}

/// Models over windows of time.
package struct Report: Sendable, Equatable {
    package var task: PredictionTask
    package var asOf: Instant
    package var interval: Window
    package var period: ReportPeriod
    package var models: [ModelReport]
    /// Whether metrics were taken from rows.
    package var isExact: Bool
    /// What contradicts in the interval, of all models and slices; `nil` where nothing does.
    package var contradictions: Contradictions?
    /// Requests that are missing in the numbers, for their rows were deleted.
    package var forgotten: Int64
    /// Set where it is a replay.
    package var replay: Replay?

    package init(
        task: PredictionTask,
        asOf: Instant,
        interval: Window,
        period: ReportPeriod,
        models: [ModelReport],
        isExact: Bool,
        contradictions: Contradictions? = nil,
        forgotten: Int64 = 0,
        replay: Replay? = nil
    ) {
        self.task = task
        self.asOf = asOf
        self.interval = interval
        self.period = period
        self.models = models
        self.isExact = isExact
        self.contradictions = contradictions
        self.forgotten = forgotten
        self.replay = replay
    }
}

/// Puts cells together to a report; knows no clock but the instant that it is given.
package struct ReportBuilder: Sendable {
    package let task: PredictionTask
    package let buckets: TimeBuckets
    package let windows: ReportWindows
    /// The instant at which maturity is judged.
    package let asOf: Instant
    /// The metrics to work out; `nil` for all.
    package let metrics: Set<String>?
    private var cells: [Group: [WindowCells]] = [:]
    private var rows: [Group: [LabelledRows]] = [:]
    private let fine: Bool

    /// What is reported on: a model, or one version of it.
    package struct Group: Hashable, Sendable {
        package var model: Name
        package var version: Name?

        package init(model: Name, version: Name?) {
            self.model = model
            self.version = version
        }
    }

    package init(
        task: PredictionTask,
        buckets: TimeBuckets,
        windows: ReportWindows,
        asOf: Instant,
        isSlice: Bool = false,
        metrics: Set<String>? = nil
    ) {
        self.task = task
        self.buckets = buckets
        self.windows = windows
        self.asOf = asOf
        fine = !isSlice
        self.metrics = metrics
    }

    /// Adds the cell of one time bucket.
    package mutating func add(_ cell: ModelCell, bucket: Int32, group: Group) {
        let start = buckets.start(ofNumber: bucket)
        // A bucket that the interval cuts holds only rows of the interval: its window is where they lie.
        let window =
            windows.index(of: start)
            ?? windows.index(of: max(start, windows.windows.first?.start ?? start))
        guard let window else { return }
        let isMature = CohortBuilder.maturity(of: bucket, task, buckets) <= asOf
        if cells[group] == nil { cells[group] = blank }
        cells[group]?[window].add(
            cell,
            day: buckets.localDay(of: start),
            isMature: isMature
        )
    }

    /// Adds a labelled row, for metrics that are exact only from rows.
    package mutating func add(score: Double, label: Double, at instant: Instant, group: Group) {
        guard let window = windows.index(of: instant) else { return }
        if rows[group] == nil {
            rows[group] = Array(repeating: LabelledRows(), count: windows.windows.count)
        }
        rows[group]?[window].add(score: score, label: label)
    }

    /// The cells of a group in each window.
    subscript(group: Group) -> [WindowCells]? { cells[group] }

    private var blank: [WindowCells] {
        Array(repeating: WindowCells(task: task, fine: fine), count: windows.windows.count)
    }

    /// The reports of the models, with their `roles`.
    ///
    /// `exact` says whether labelled rows were added, and are to be used.
    package func models(roles: ModelRoles, exact: Bool) -> [ModelReport] {
        cells.keys.sorted { left, right in
            let ranks = (Self.rank(roles[left.model]), Self.rank(roles[right.model]))
            if ranks.0 != ranks.1 { return ranks.0 < ranks.1 }
            return (left.model, left.version ?? "") < (right.model, right.version ?? "")
        }
        .map { group in
            let reports = zip(windows.windows.indices, cells[group] ?? []).map { index, window in
                report(
                    windows.windows[index],
                    window,
                    exact ? rows[group]?[index].inOrder ?? LabelledRows() : nil
                )
            }
            return ModelReport(
                model: group.model,
                version: group.version,
                role: roles[group.model],
                assumedSince: roles.assumedSince(group.model),
                windows: reports.filter { $0.predictions > 0 }
            )
        }
    }

    private func report(
        _ window: ReportWindow,
        _ cells: WindowCells,
        _ rows: LabelledRows?
    ) -> WindowReport {
        WindowReport(
            window: window,
            predictions: cells.predictions,
            labelled: cells.labelled,
            pending: cells.pending,
            overdue: cells.overdue,
            implied: cells.implied,
            isMature: window.end.advanced(bySeconds: task.horizonSeconds) <= asOf,
            metrics: task.kind.scoring.estimates(of: cells, rows: rows, wanted: metrics)
        )
    }

    private static func rank(_ role: ModelRole) -> Int {
        switch role {
        case .champion: 0
        case .shadow: 1
        case .retired: 2
        }
    }
}
