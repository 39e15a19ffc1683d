import NIOCore
import Synchronization

/// The connections of the service, and which of them wait for a request.
///
/// Whoever opens connections and asks for nothing, or for half of something, must not keep others out. When
/// there are as many as there may be, one that waits for a request makes room: of those that never asked
/// for anything the one that is there longest, and else the one that has been quiet longest.
final class OpenConnections: Sendable {
    private let limit: Int
    private let state = Mutex(State())

    fileprivate struct State {
        var count = 0
        var lastTurn: UInt64 = 0
        /// Those that wait for the head of a request.
        var waiting: [ObjectIdentifier: Waiting] = [:]
    }

    fileprivate struct Waiting {
        var channel: any Channel
        var hasAsked: Bool
        /// Later ones have higher numbers.
        var turn: UInt64
    }

    /// - Parameter limit: The most that may be open, unless all of them are at work.
    init(limit: Int) {
        self.limit = limit
    }

    func opened(_ channel: any Channel) {
        let oldest = state.withLock { state -> (any Channel)? in
            state.count += 1
            let oldest = state.count > limit ? state.takeOldest() : nil
            state.note(channel, hasAsked: false)
            return oldest
        }
        oldest?.close(promise: nil)
    }

    /// A request has come.
    func began(_ channel: any Channel) {
        state.withLock { $0.waiting[ObjectIdentifier(channel)] = nil }
    }

    /// All requests so far have been answered.
    func answered(_ channel: any Channel) {
        state.withLock { $0.note(channel, hasAsked: true) }
    }

    func closed(_ channel: any Channel) {
        state.withLock { state in
            state.count -= 1
            state.waiting[ObjectIdentifier(channel)] = nil
        }
    }
}

extension OpenConnections.State {
    fileprivate mutating func note(_ channel: any Channel, hasAsked: Bool) {
        lastTurn += 1
        waiting[ObjectIdentifier(channel)] = .init(
            channel: channel,
            hasAsked: hasAsked,
            turn: lastTurn
        )
    }

    fileprivate mutating func takeOldest() -> (any Channel)? {
        let oldest = waiting.min { left, right in
            left.value.hasAsked == right.value.hasAsked
                ? left.value.turn < right.value.turn : right.value.hasAsked
        }
        guard let oldest else { return nil }
        waiting[oldest.key] = nil
        return oldest.value.channel
    }
}
