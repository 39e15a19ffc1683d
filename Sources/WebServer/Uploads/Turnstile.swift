import Synchronization

/// Lets so many in at once; some more wait, and whoever comes then is turned away.
final class Turnstile: Sendable {
    private let limit: Int
    private let waitingLimit: Int
    private let state = Mutex(State())

    private struct State {
        var inside = 0
        var waiting: [(id: Int, continuation: CheckedContinuation<Bool, Never>)] = []
        var lastID = 0
    }

    init(limit: Int, waiting: Int) {
        self.limit = limit
        waitingLimit = waiting
    }

    /// Runs the body when there is room.
    ///
    /// - Parameter body: What is to be done.
    /// - Returns: What the body returns.
    /// - Throws: The body's error; `Problem` where too many wait already.
    func pass<T>(_ body: () async throws -> T) async throws -> T {
        try await enter()
        defer { leave() }
        return try await body()
    }

    private func enter() async throws {
        enum Place {
            case inside
            case waiting(Int)
            case none
        }
        let place = state.withLock { state in
            if state.inside < limit {
                state.inside += 1
                return Place.inside
            }
            guard state.waiting.count < waitingLimit else { return .none }
            state.lastID += 1
            return .waiting(state.lastID)
        }
        switch place {
        case .inside: return
        case .none:
            throw Problem(
                .overloaded,
                "\(limit) requests of this kind are being worked on and \(waitingLimit) wait.",
                retryAfter: 2
            )
        case .waiting(let id):
            guard await wait(id) else { throw CancellationError() }
        }
    }

    /// - Returns: Whether there is room now; not, where the one who waits gave up.
    private func wait(_ id: Int) async -> Bool {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let answer: Bool? = state.withLock { state in
                    if Task.isCancelled { return false }
                    if state.inside < limit {
                        // Somebody left in the meantime.
                        state.inside += 1
                        return true
                    }
                    state.waiting.append((id, continuation))
                    return nil
                }
                if let answer { continuation.resume(returning: answer) }
            }
        } onCancel: {
            let continuation = state.withLock { state in
                state.waiting.firstIndex { $0.id == id }.map {
                    state.waiting.remove(at: $0).continuation
                }
            }
            continuation?.resume(returning: false)
        }
    }

    private func leave() {
        let next = state.withLock { state -> CheckedContinuation<Bool, Never>? in
            guard !state.waiting.isEmpty else {
                state.inside -= 1
                return nil
            }
            // The place goes on to whoever waited longest.
            return state.waiting.removeFirst().continuation
        }
        next?.resume(returning: true)
    }
}
