/// Who has which connection and who waits: all decisions of the pool, without clock or I/O.
///
/// Events go in by the methods; what they return is to be done, in order. A connection is connecting,
/// idle or leased, and those are never more than `limit` together. Requests are served in the order
/// they came, with the connection that was used last.
struct PoolState {
    typealias ConnectionID = Int
    typealias RequestID = Int

    enum Failure: Equatable {
        case closed
        case noConnection
    }

    enum Action: Equatable {
        case connect(ConnectionID)
        case grant(RequestID, ConnectionID)
        case fail(RequestID, Failure)
        case close(ConnectionID)
    }

    private enum Phase {
        case connecting
        case idle
        case leased
    }

    let limit: Int
    private var connections: [ConnectionID: Phase] = [:]
    /// Idle ones, the one that was used last at the end.
    private var idle: [ConnectionID] = []
    private var waiting: [RequestID] = []
    private var lastConnection = 0
    private var lastRequest = 0
    private(set) var isClosed = false

    init(limit: Int) {
        precondition(limit > 0, "A pool needs at least one connection.")
        self.limit = limit
    }

    /// Whether nothing is open any more.
    var isEmpty: Bool { connections.isEmpty }

    /// Somebody wants a connection.
    mutating func request() -> (id: RequestID, actions: [Action]) {
        lastRequest += 1
        let id = lastRequest
        if isClosed { return (id, [.fail(id, .closed)]) }
        if let connection = idle.popLast() {
            connections[connection] = .leased
            return (id, [.grant(id, connection)])
        }
        waiting.append(id)
        return (id, connectIfNeeded())
    }

    /// A requester waits no longer.
    ///
    /// Nothing happens when it has been served already.
    ///
    /// - Parameter request: The one that gave up.
    /// - Returns: Whether it was still waiting.
    mutating func abandon(_ request: RequestID) -> Bool {
        guard let index = waiting.firstIndex(of: request) else { return false }
        waiting.remove(at: index)
        return true
    }

    mutating func connected(_ connection: ConnectionID) -> [Action] {
        makeAvailable(connection)
    }

    /// The requester that waited longest gets to know; for the others the pool tries again.
    mutating func connectFailed(_ connection: ConnectionID) -> [Action] {
        connections[connection] = nil
        guard !waiting.isEmpty else { return [] }
        let request = waiting.removeFirst()
        return [.fail(request, .noConnection)] + connectIfNeeded()
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
        let failures = waiting.map { Action.fail($0, .closed) }
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
        guard !waiting.isEmpty else {
            connections[connection] = .idle
            idle.append(connection)
            return []
        }
        connections[connection] = .leased
        return [.grant(waiting.removeFirst(), connection)]
    }

    private mutating func connectIfNeeded() -> [Action] {
        let connecting = connections.values.count { $0 == .connecting }
        guard !isClosed, waiting.count > connecting, connections.count < limit else { return [] }
        lastConnection += 1
        connections[lastConnection] = .connecting
        return [.connect(lastConnection)]
    }
}
