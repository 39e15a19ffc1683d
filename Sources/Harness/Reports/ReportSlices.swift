package import Evaluation
package import Postgres
import Store

/// How good each model is on each slice, over one interval.
package struct SliceReports: Sendable {
    package var asOf: Instant
    package var interval: Window
    /// In alphabetical order; those without predictions in the interval are left out.
    package var slices: [Slice]

    package struct Slice: Sendable {
        package var name: SliceName
        package var models: [ModelReport]

        package init(name: SliceName, models: [ModelReport]) {
            self.name = name
            self.models = models
        }
    }

    package init(asOf: Instant, interval: Window, slices: [Slice]) {
        self.asOf = asOf
        self.interval = interval
        self.slices = slices
    }
}

/// Reports on all slices at once: each number is that of a report on its slice.
package struct ReportSlices: Sendable {
    package let pool: PostgresPool
    package let task: PredictionTask
    package let query: ReportQuery

    /// * `query`: Its period is taken as one window; its slice does not count.
    package init(pool: PostgresPool, task: PredictionTask, query: ReportQuery) {
        self.pool = pool
        self.task = task
        self.query = query
    }

    package func run() async throws -> SliceReports {
        let plan = MakeReport(pool: pool, task: task, query: query)
        try await TaskView.settle(task, asOf: query.asOf, pool: pool)
        return try await pool.withTransaction(isolation: .repeatableRead) { connection in
            let view = try await TaskView(connection, task: task, asOf: query.asOf)
            if let model = query.model { try view.check(model: model) }
            let store = CellStore(connection, task: task, buckets: view.buckets)
            let interval = try await plan.interval(store, view)
            let cells =
                plan.needsRows(interval, view)
                ? try await RecomputedCells(connection, view: view, interval: interval).cells
                : try await store.cells(slice: nil, starting: interval)
            var builders: [Int32: ReportBuilder] = [:]
            for (key, cell) in cells where key.slice != TaskDictionary.allSlices {
                guard let group = plan.group(key.version, view) else { continue }
                builders[key.slice, default: builder(interval, view)].add(
                    cell,
                    bucket: key.bucket,
                    group: group
                )
            }
            let slices = builders.compactMap { id, builder -> SliceReports.Slice? in
                guard let name = view.dictionary.slices[id] else { return nil }
                return SliceReports.Slice(
                    name: SliceName(key: name.key, value: name.value),
                    models: builder.models(roles: view.roles, exact: false)
                )
            }
            return SliceReports(
                asOf: view.present,
                interval: interval,
                slices: slices.sorted {
                    ($0.name.key, $0.name.value) < ($1.name.key, $1.name.value)
                }
            )
        }
    }

    private func builder(_ interval: Window, _ view: TaskView) -> ReportBuilder {
        ReportBuilder(
            task: task,
            buckets: view.buckets,
            windows: ReportWindows(interval, by: .all, buckets: view.buckets),
            asOf: view.present,
            isSlice: true,
            metrics: query.metrics
        )
    }
}
