package import Evaluation
package import Postgres
import Store

/// What a report is asked for.
package struct ReportQuery: Sendable {
    /// Where it is open it takes all that there is.
    package var window: Window
    package var period: ReportPeriod
    package var model: Name?
    package var byVersion: Bool
    package var slice: SliceName?
    package var asOf: Instant?
    /// Take metrics from the rows that are not exact from cells.
    package var isExact: Bool
    /// The metrics to work out; `nil` for all.
    package var metrics: Set<String>?

    package init(
        window: Window = .always,
        period: ReportPeriod = .all,
        model: Name? = nil,
        byVersion: Bool = false,
        slice: SliceName? = nil,
        asOf: Instant? = nil,
        isExact: Bool = false,
        metrics: Set<String>? = nil
    ) {
        self.window = window
        self.period = period
        self.model = model
        self.byVersion = byVersion
        self.slice = slice
        self.asOf = asOf
        self.isExact = isExact
        self.metrics = metrics
    }
}

/// Reports how good each model is, over windows of time.
///
/// From cells alone, unless the rows are needed: for an instant of the past, for an interval that cuts a time
/// bucket, or to be exact.
package struct MakeReport: Sendable {
    package let pool: PostgresPool
    package let task: PredictionTask
    package let query: ReportQuery

    package init(pool: PostgresPool, task: PredictionTask, query: ReportQuery) {
        self.pool = pool
        self.task = task
        self.query = query
    }

    package func run() async throws -> Report {
        try await builder().report
    }

    /// The report with the builder that it came from.
    func builder() async throws -> (report: Report, builder: ReportBuilder) {
        try await TaskView.settle(task, asOf: query.asOf, pool: pool)
        return try await pool.withTransaction(isolation: .repeatableRead) { connection in
            let view = try await TaskView(connection, task: task, asOf: query.asOf)
            if let model = query.model { try view.check(model: model) }
            let slice = try view.slice(query.slice)
            let store = CellStore(connection, task: task, buckets: view.buckets)
            let interval = try await interval(store, view)
            let windows = try windows(interval, view)
            var builder = ReportBuilder(
                task: task,
                buckets: view.buckets,
                windows: windows,
                asOf: view.present,
                isSlice: slice != TaskDictionary.allSlices,
                metrics: query.metrics
            )
            if needsRows(interval, view) {
                try await addRows(connection, view, slice, interval, &builder)
            } else {
                let cells = try await store.cells(slice: slice, starting: interval)
                for (key, cell) in cells {
                    guard let group = group(key.version, view) else { continue }
                    builder.add(cell, bucket: key.bucket, group: group)
                }
            }
            let report = Report(
                task: task,
                asOf: view.present,
                interval: interval,
                period: query.period,
                models: builder.models(roles: view.roles, exact: query.isExact),
                isExact: query.isExact
            )
            return (report, builder)
        }
    }

    func interval(_ store: CellStore, _ view: TaskView) async throws -> Window {
        guard let extent = try await store.extent() else {
            throw HarnessError.noPredictions(task: task.name)
        }
        var end = view.buckets.end(ofNumber: view.buckets.number(of: extent.upperBound))
        if let asOf = query.asOf {
            end = min(end, view.buckets.end(ofNumber: view.buckets.number(of: asOf)))
        }
        return query.window.closed(by: Window(from: extent.lowerBound, upTo: end))
    }

    private static let mostWindows: Int64 = 20_000

    /// * Throws: `HarnessError.invalidSetting` for more windows than anybody reads.
    private func windows(_ interval: Window, _ view: TaskView) throws -> ReportWindows {
        let count = interval.days / query.period.fewestDays
        guard query.period == .all || count <= Self.mostWindows else {
            throw HarnessError.invalidSetting(
                name: "--by",
                value: query.period.rawValue,
                allowed:
                    "a longer period, or a window of up to \(Self.mostWindows) of them; these are \(count)."
            )
        }
        return ReportWindows(interval, by: query.period, buckets: view.buckets)
    }

    func needsRows(_ interval: Window, _ view: TaskView) -> Bool {
        query.isExact || query.asOf != nil
            || [interval.lowerBound, interval.upperBound].contains {
                view.buckets.start(of: $0) != $0
            }
    }

    private func addRows(
        _ connection: PostgresConnection,
        _ view: TaskView,
        _ slice: Int32,
        _ interval: Window,
        _ builder: inout ReportBuilder
    ) async throws {
        let asOf = query.asOf ?? .distantFuture
        if query.isExact { try view.requireRows(of: interval) }
        var collector = RowCollector(
            task: task,
            dictionary: view.dictionary,
            buckets: view.buckets,
            asOf: asOf,
            present: view.present,
            slice: slice
        )
        let recomputed = try await RecomputedCells(
            connection,
            view: view,
            interval: interval,
            slice: slice
        ) { history in
            guard query.isExact else { return }
            collector.collect(history) { row in
                guard let group = group(row.version, view) else { return }
                builder.add(
                    score: row.score,
                    label: row.label,
                    at: row.predictedAt,
                    group: group
                )
            }
        }
        for (key, cell) in recomputed.cells {
            guard let group = group(key.version, view) else { continue }
            builder.add(cell, bucket: key.bucket, group: group)
        }
    }

    func group(_ version: Int32, _ view: TaskView) -> ReportBuilder.Group? {
        guard let known = view.dictionary.versions[version] else { return nil }
        if let model = query.model, known.modelName != model { return nil }
        return ReportBuilder.Group(
            model: known.modelName,
            version: query.byVersion ? known.version : nil
        )
    }
}
