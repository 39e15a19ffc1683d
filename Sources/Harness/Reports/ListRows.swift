package import Evaluation
package import Postgres
import Store

/// The predictions behind a number: those of a window, a page at a time, with what stands about their outcomes.
package struct ListRows: Sendable {
    package let query: RowQuery
    private let question: Question

    package init(pool: PostgresPool, task: PredictionTask, query: RowQuery) {
        self.init(query, Question(pool: pool, task: task, asOf: query.asOf))
    }

    private init(_ query: RowQuery, _ question: Question) {
        self.query = query
        self.question = question
    }

    /// - Returns: The page.
    /// - Throws: `HarnessError` for a model or slice that there is not.
    package func run() async throws -> RowPage {
        try await question.answer { connection, view in
            try view.checkEver(model: query.model)
            var kept = query
            kept.window = try view.keptPart(of: query.window)
            let page = try await ListRows(kept, question).page(connection, view)
            let isSeen = !page.rows.isEmpty
            try view.check(model: query.model, isSeen: isSeen)
            try view.check(slice: query.slice, isSeen: isSeen)
            return page
        }
    }

    private func page(
        _ connection: PostgresConnection,
        _ view: TaskView
    ) async throws -> RowPage {
        let filter = RowFilter(query, view: view, slice: try view.slice(query.slice))
        let facts = try await view.facts(connection)
        var found: [FoundRow]
        switch query.order {
        case .time: found = try await ordered(facts, view, filter)
        case .worst: found = try await worst(facts, view, filter)
        }
        let hasMore = query.order == .time && found.count > query.limit
        found = Array(found.prefix(query.limit))
        let ids = try await facts.predictionIDs(at: found.map(\.place.place))
        return RowPage(
            task: view.task,
            asOf: view.present,
            interval: query.window,
            order: query.order,
            rows: found.map { filter.shown($0, id: ids[$0.place.place.key] ?? "") },
            next: hasMore ? found.last?.place : nil,
            forgotten: try await view.forgotten(in: query.window, connection),
            replay: view.replay
        )
    }

    // MARK: - In the order of time

    /// Up to one row more than the page has.
    private func ordered(
        _ facts: FactStore,
        _ view: TaskView,
        _ filter: RowFilter
    ) async throws -> [FoundRow] {
        let search = RowSearch(
            facts: facts,
            view: view,
            filter: filter,
            scattered: Set(try await facts.scatteredKeys()),
            parts: try await facts.parts().keys.sorted()
        )
        var found: [FoundRow] = []
        if let after = query.after {
            found = try await search.rows(at: [after.place]).filter { $0.place > after }
        }
        let interval = query.window.after(query.after?.place.predictedAt ?? .distantPast)
        for part in search.parts where FactScan.touches(part, interval, view.task) {
            var last = query.after?.place
            while found.count <= query.limit {
                let places = try await facts.places(
                    part: part,
                    sets: filter.modelSets,
                    sliceSets: filter.sliceSets,
                    during: interval,
                    after: last,
                    asOf: view.asOf ?? .distantFuture,
                    limit: RowSearch.placesAtOnce
                )
                guard let end = places.last else { break }
                last = end
                found += try await search.rows(at: places)
                if places.count < RowSearch.placesAtOnce { break }
            }
            if found.count > query.limit { break }
        }
        return found
    }

    // MARK: - By loss

    private func worst(
        _ facts: FactStore,
        _ view: TaskView,
        _ filter: RowFilter
    ) async throws -> [FoundRow] {
        var reader = StandingPredictionReader(view)
        var found = LargestRows<FoundRow, RowPlace>(query.limit)
        try await FactScan(facts: facts, task: view.task, dictionary: view.dictionary).runWithKeys(
            asOf: view.asOf ?? .distantFuture,
            interval: query.window
        ) { key, history in
            for row in filter.wanted(reader.rows(of: history), key: key) {
                if let loss = row.row.loss { found.add(row, size: loss, at: row.place) }
            }
        }
        return found.rows
    }
}

/// A row, before it is known under which id it was sent.
struct FoundRow {
    var place: RowPlace
    var row: StandingPrediction
}

/// Reads what is known of the predictions at some places.
private struct RowSearch {
    let facts: FactStore
    let view: TaskView
    let filter: RowFilter
    let scattered: Set<PredictionKey>
    let parts: [Int32]

    /// Places that are looked at together.
    static let placesAtOnce = 500

    /// - Returns: The rows that are wanted, in order.
    func rows(at places: [PredictionPlace]) async throws -> [FoundRow] {
        let wanted = Set(places)
        var keys: [PredictionKey: Int32] = [:]
        for place in wanted {
            keys[place.key] =
                scattered.contains(place.key)
                ? FactStore.anyPart
                : Partition(of: place.predictedAt, days: view.task.partitionDays).number
        }
        let isAnywhere = keys.values.contains(FactStore.anyPart)
        let loaded = try await facts.load(
            keys.map { (key: $0.key, part: $0.value) },
            parts: isAnywhere ? parts : Array(Set(keys.values)),
            includingOrphans: false
        )
        var cursor = FactCursor(loaded, task: view.task, dictionary: view.dictionary)
        var history = PredictionHistory(scoresPerPrediction: view.task.scoresPerPrediction)
        var reader = StandingPredictionReader(view)
        var found: [FoundRow] = []
        while let key = cursor.nextKey {
            history.removeAll()
            _ = cursor.take(key, into: &history)
            found += filter.wanted(reader.rows(of: history), key: key).filter {
                wanted.contains($0.place.place)
            }
        }
        return found.sorted { $0.place < $1.place }
    }
}

extension StandingPredictionReader {
    init(_ view: TaskView) {
        self.init(
            task: view.task,
            dictionary: view.dictionary,
            buckets: view.buckets,
            asOf: view.asOf ?? .distantFuture,
            present: view.present
        )
    }
}
