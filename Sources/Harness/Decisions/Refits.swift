import Evaluation
import Postgres
import Store

/// Fits a model anew for each of its weeks and judges it there, as far as that is not kept.
struct Refits: Sendable {
    typealias Week = (week: RefitWeek, judged: JudgedRefit)

    /// Rows that are held in memory at once, about.
    private static let rowsAtOnce = 30_000

    private let facts: FactStore
    private let dictionary: TaskDictionary
    private let model: Int32
    private let rowsFrom: Instant
    private var task: PredictionTask { facts.task }
    private var connection: PostgresConnection { facts.connection }

    /// - Parameters:
    ///   - facts: The rows, ready for look-ups.
    ///   - dictionary: The task's names.
    ///   - model: The number of the model.
    ///   - rowsFrom: Where the rows begin that the task has kept.
    init(_ facts: FactStore, _ dictionary: TaskDictionary, model: Int32, rowsFrom: Instant?) {
        self.facts = facts
        self.dictionary = dictionary
        self.model = model
        self.rowsFrom = rowsFrom ?? .distantPast
    }

    /// The weeks whose labels were all due by an instant, without those whose rows are gone.
    ///
    /// - Parameters:
    ///   - part: The entries of the ledger that they rest on.
    ///   - days: The model's days of the full age in these, in event order.
    ///   - present: The instant.
    /// - Returns: The weeks in event order, and what was worked out for them and is not kept yet.
    /// - Throws: `PostgresError`.
    func weeks(
        _ part: LedgerPart,
        days: [EvidenceDay],
        present: Instant
    ) async throws -> (weeks: [Week], made: [RefitMark: JudgedRefit]) {
        guard !days.isEmpty else { return ([], [:]) }
        let buckets = try task.timeBuckets()
        let entries = try await CohortStore(connection, task: task).made(part)
        let weeks = RefitWeek.weeks(
            RefitDay.days(days, of: entries, buckets),
            of: model,
            horizonSeconds: task.horizonSeconds,
            buckets,
            present: present
        )
        var judged = try await RefitStore(connection, task: task).kept(weeks.map(\.mark))
        var made: [RefitMark: JudgedRefit] = [:]
        let missing = weeks.filter { judged[$0.mark] == nil && isKept($0, buckets) }
        for portion in portions(missing) {
            try Task.checkCancellation()
            made.merge(try await judge(portion, buckets)) { $1 }
        }
        judged.merge(made) { $1 }
        return (weeks.compactMap { week in judged[week.mark].map { (week, $0) } }, made)
    }

    /// Whether the rows of all days of a week are there.
    private func isKept(_ week: RefitWeek, _ buckets: TimeBuckets) -> Bool {
        week.needed.min().map { buckets.window(ofDay: $0).lowerBound >= rowsFrom } ?? false
    }

    private func portions(_ weeks: [RefitWeek]) -> [[RefitWeek]] {
        var portions: [[RefitWeek]] = []
        var dates: Set<Int32> = []
        var rows = 0
        for week in weeks {
            let more = week.rows(besides: dates)
            if portions.isEmpty || rows + more > Self.rowsAtOnce {
                portions.append([])
                (dates, rows) = ([], 0)
            }
            rows += week.rows(besides: dates)
            dates.formUnion(week.needed)
            portions[portions.count - 1].append(week)
        }
        return portions
    }

    private func judge(
        _ weeks: [RefitWeek],
        _ buckets: TimeBuckets
    ) async throws -> [RefitMark: JudgedRefit] {
        let dates = weeks.reduce(into: Set<Int32>()) { $0.formUnion($1.needed) }
        guard let first = dates.min(), let last = dates.max() else { return [:] }
        let interval = Window(
            from: buckets.window(ofDay: first).lowerBound,
            upTo: buckets.window(ofDay: last).upperBound
        )
        var sample = RefitRows(
            task: task,
            dictionary: dictionary,
            buckets: buckets,
            versions: dictionary.versions(of: [model]),
            dates: dates,
            policies: try await TaskStore(connection).labelPolicies(of: task)
        )
        try await FactScan(facts: facts, task: task, dictionary: dictionary).run(
            asOf: interval.upperBound.advanced(bySeconds: task.horizonSeconds),
            interval: interval
        ) { sample.add($0) }
        let rows = sample.rowsByDate()
        return await withTaskGroup(of: (RefitMark, JudgedRefit).self) { group in
            for week in weeks {
                group.addTask { (week.mark, JudgedRefit(week, rows: rows, task: task)) }
            }
            return await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
        }
    }
}
