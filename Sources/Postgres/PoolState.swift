/// Who has which connection and who waits: all decisions of the pool, without clock or I/O.
///
/// Events go in by the methods; what they return is to be done, in order. A connection is connecting,
/// idle or leased, and those are never more than `limit` together. Requests are served in the order
/// they came, each with all the connections that it wants at once, those first that were used last: who has
/// some never waits for more.
struct PoolState {
    typealias ConnectionID = Int
    typealias RequestID = Int

    enum Failure: Equatable {
        case closed
        case noConnection
    }

    enum Action: Equatable {
        case connect(ConnectionID)
        case grant(RequestID, [ConnectionID])
        case fail(RequestID, Failure)
        case close(ConnectionID)
    }

    private enum Phase {
        case connecting
        case idle
        case leased
    }

    private struct Waiting {
        var request: RequestID
        var count: Int
    }

    let limit: Int
    private var connections: [ConnectionID: Phase] = [:]
    /// Idle ones, the one that was used last at the end.
    private var idle: [ConnectionID] = []
    private var waiting: [Waiting] = []
    private var lastConnection = 0
    private var lastRequest = 0
    private(set) var isClosed = false

    init(limit: Int) {
        precondition(limit > 0, "A pool needs at least one connection.")
        self.limit = limit
    }

    /// Whether nothing is open any more.
    var isEmpty: Bool { connections.isEmpty }

    /// Somebody wants connections, all of them together.
    mutating func request(_ count: Int = 1) -> (id: RequestID, actions: [Action]) {
        precondition((1...limit).contains(count), "A pool of \(limit) cannot lend \(count).")
        lastRequest += 1
        let id = lastRequest
        if isClosed { return (id, [.fail(id, .closed)]) }
        waiting.append(Waiting(request: id, count: count))
        return (id, serve() + connectIfNeeded())
    }

    /// A requester waits no longer.
    ///
    /// Nothing happens when it has been served already.
    ///
    /// - Parameter request: The one that gave up.
    /// - Returns: What those behind it get; `nil` where it was not waiting any more.
    mutating func abandon(_ request: RequestID) -> [Action]? {
        guard let index = waiting.firstIndex(where: { $0.request == request }) else { return nil }
        waiting.remove(at: index)
        return serve()
    }

    mutating func connected(_ connection: ConnectionID) -> [Action] {
        makeAvailable(connection)
    }

    /// The requester that waited longest gets to know; for the others the pool tries again.
    mutating func connectFailed(_ connection: ConnectionID) -> [Action] {
        connections[connection] = nil
        guard !waiting.isEmpty else { return [] }
        let request = waiting.removeFirst().request
        return [.fail(request, .noConnection)] + serve() + connectIfNeeded()
    }

    /// A lease ended.
    mutating func returned(_ connection: ConnectionID, isUsable: Bool) -> [Action] {
        if isUsable { return makeAvailable(connection) }
        connections[connection] = nil
        return [.close(connection)] + connectIfNeeded()
    }

    /// No more leases.
    ///
    /// Connections that are leased now are closed when they come back.
    mutating func close() -> [Action] {
        isClosed = true
        let failures = waiting.map { Action.fail($0.request, .closed) }
        let closures = idle.map { Action.close($0) }
        for connection in idle { connections[connection] = nil }
        waiting = []
        idle = []
        return failures + closures
    }

    private mutating func makeAvailable(_ connection: ConnectionID) -> [Action] {
        if isClosed {
            connections[connection] = nil
            return [.close(connection)]
        }
        connections[connection] = .idle
        idle.append(connection)
        return serve()
    }

    /// Serves those who waited longest.
    ///
    /// Whoever wants more than there is lets nobody pass: it would wait for ever.
    private mutating func serve() -> [Action] {
        var actions: [Action] = []
        while let first = waiting.first, first.count <= idle.count {
            waiting.removeFirst()
            let granted = Array(idle.suffix(first.count).reversed())
            idle.removeLast(first.count)
            for connection in granted { connections[connection] = .leased }
            actions.append(.grant(first.request, granted))
        }
        return actions
    }

    private mutating func connectIfNeeded() -> [Action] {
        guard !isClosed else { return [] }
        let connecting = connections.values.count { $0 == .connecting }
        let wanted = waiting.reduce(0) { $0 + $1.count } - idle.count - connecting
        var actions: [Action] = []
        while actions.count < wanted, connections.count < limit {
            lastConnection += 1
            connections[lastConnection] = .connecting
            actions.append(.connect(lastConnection))
        }
        return actions
    }
}
