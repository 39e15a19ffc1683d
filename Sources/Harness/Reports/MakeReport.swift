package import Evaluation
package import Postgres
import Store

/// Reports how good each model is, over windows of time.
///
/// From cells alone, unless the rows are needed: for an instant of the past, for an interval that cuts a time
/// bucket, or to be exact.
package struct MakeReport: Sendable {
    package let query: ReportQuery
    private let question: Question

    package init(pool: PostgresPool, task: PredictionTask, query: ReportQuery) {
        self.query = query
        question = Question(pool: pool, task: task, asOf: query.asOf)
    }

    package func run() async throws -> Report {
        try await question.answer { connection, view in
            try await builder(connection, view).report
        }
    }

    /// The report with the builder that it came from.
    func builder(
        _ connection: PostgresConnection,
        _ view: TaskView
    ) async throws -> (report: Report, builder: ReportBuilder) {
        try view.checkEver(model: query.model)
        let slice = try view.slice(query.slice)
        let interval = try await view.interval(
            query.window,
            model: query.model,
            slice: query.slice,
            connection
        )
        let windows = try windows(interval, view)
        var builder = ReportBuilder(
            task: view.task,
            buckets: view.buckets,
            windows: windows,
            asOf: view.present,
            isSlice: slice != TaskDictionary.allSlices,
            metrics: query.metrics
        )
        let contradictory: ContradictionCount
        var forgotten: Int64 = 0
        if needsRows(interval, view) {
            let recomputed = try await addRows(connection, view, slice, interval, &builder)
            contradictory = recomputed.contradictions
            forgotten = recomputed.forgotten.total
        } else {
            let store = CellStore(connection, task: view.task, buckets: view.buckets)
            for (key, cell) in try await store.cells(slice: slice, starting: interval) {
                guard let group = group(key.version, view) else { continue }
                builder.add(cell, bucket: key.bucket, group: group)
            }
            contradictory = try await store.contradictions(starting: interval).values.total
        }
        let models = builder.models(roles: view.roles, exact: query.isExact)
        try view.check(model: query.model, isSeen: !models.isEmpty)
        try view.check(slice: query.slice, isSeen: !models.isEmpty)
        let report = Report(
            task: view.task,
            asOf: view.present,
            interval: interval,
            period: query.period,
            models: models,
            isExact: query.isExact,
            contradictions: try await view.contradictions(contradictory, in: interval, connection),
            forgotten: forgotten,
            replay: view.replay
        )
        return (report, builder)
    }

    private static let mostWindows: Int64 = 20_000

    /// - Throws: `HarnessError.invalidSetting` for more windows than anybody reads.
    private func windows(_ interval: Window, _ view: TaskView) throws -> ReportWindows {
        let count = interval.days / query.period.fewestDays
        guard query.period == .all || count <= Self.mostWindows else {
            throw HarnessError.invalidSetting(
                name: "\(setting: "by")",
                value: query.period.rawValue,
                allowed:
                    "a longer period, or a window of up to \(Self.mostWindows) of them; these are \(count)."
            )
        }
        return ReportWindows(interval, by: query.period, buckets: view.buckets)
    }

    func needsRows(_ interval: Window, _ view: TaskView) -> Bool {
        query.isExact || view.asOf != nil || view.cutsBucket(interval)
    }

    private func addRows(
        _ connection: PostgresConnection,
        _ view: TaskView,
        _ slice: Int32,
        _ interval: Window,
        _ builder: inout ReportBuilder
    ) async throws -> RecomputedCells {
        let asOf = view.asOf ?? .distantFuture
        if query.isExact { try view.requireRows(of: interval) }
        var collector = RowCollector(
            task: view.task,
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
            isExact: query.isExact,
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
        return recomputed
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
