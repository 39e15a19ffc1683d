package import Evaluation
package import Postgres
import Store

/// Reports on all slices at once: each number is that of a report on its slice.
package struct ReportSlices: Sendable {
    package let query: ReportQuery
    private let question: Question
    private let plan: MakeReport

    /// The period of `query` is taken as one window; its slice does not count.
    package init(pool: PostgresPool, task: PredictionTask, query: ReportQuery) {
        self.query = query
        question = Question(pool: pool, task: task, asOf: query.asOf)
        plan = MakeReport(pool: pool, task: task, query: query)
    }

    package func run() async throws -> SliceReports {
        try await question.answer { connection, view in
            try view.checkEver(model: query.model)
            let interval = try await view.interval(
                query.window,
                model: query.model,
                connection
            )
            let cells: [CellKey: ModelCell]
            var forgotten: Int64 = 0
            if plan.needsRows(interval, view) {
                let recomputed = try await RecomputedCells(
                    connection,
                    view: view,
                    interval: interval
                )
                cells = recomputed.cells
                forgotten = recomputed.forgotten.total
            } else {
                cells = try await CellStore(connection, task: view.task, buckets: view.buckets)
                    .cells(slice: nil, starting: interval)
            }
            let isSeen = cells.keys.contains { plan.group($0.version, view) != nil }
            try view.check(model: query.model, isSeen: isSeen)
            var builders: [Int32: ReportBuilder] = [:]
            for (key, cell) in cells where key.slice != TaskDictionary.allSlices {
                guard let group = plan.group(key.version, view) else { continue }
                builders[key.slice, default: builder(interval, view)].add(
                    cell,
                    bucket: key.bucket,
                    group: group
                )
            }
            let slices = builders.compactMap { id, builder -> SliceReport? in
                guard let name = view.dictionary.slices[id] else { return nil }
                return SliceReport(
                    name: name,
                    models: builder.models(roles: view.roles, exact: false)
                )
            }
            return SliceReports(
                asOf: view.present,
                interval: interval,
                slices: slices.sorted { $0.name < $1.name },
                forgotten: forgotten,
                replay: view.replay
            )
        }
    }

    private func builder(_ interval: Window, _ view: TaskView) -> ReportBuilder {
        ReportBuilder(
            task: view.task,
            buckets: view.buckets,
            windows: ReportWindows(interval, by: .all, buckets: view.buckets),
            asOf: view.present,
            isSlice: true,
            metrics: query.metrics
        )
    }
}
