import CPostgres
import Dispatch
import Synchronization

/// Cancels the statement that a connection is running, from any thread, and never the next one.
final class StatementCanceller: Sendable {
    /// The number of the statement that runs, and 0 in between.
    ///
    /// The lock is held while a request is on its way, so that a statement ends only after the
    /// requests that were meant for it.
    private let running = Mutex<Running>(Running())

    private struct Running: ~Copyable {
        var statement: UInt64 = 0
        var last: UInt64 = 0
        var request: CancelRequest?
    }

    /// A request sent before the server reads the statement has no effect: it is repeated.
    private static let repeatInterval = DispatchTimeInterval.milliseconds(100)

    func begin(on connection: OpaquePointer) -> UInt64 {
        running.withLock { running in
            if running.request == nil {
                running.request = PQgetCancel(connection).map(CancelRequest.init(adopting:))
            }
            running.last += 1
            running.statement = running.last
            return running.last
        }
    }

    func end() {
        running.withLock { $0.statement = 0 }
    }

    /// Cancels whatever is running.
    func cancelCurrent() {
        cancel(running.withLock { $0.statement })
    }

    /// Forgets the connection that requests went to.
    func reset() {
        running.withLock { $0.request = nil }
    }

    /// Asks the server to stop `statement`, again and again until it has ended.
    ///
    /// Does not wait.
    func cancel(_ statement: UInt64) {
        DispatchQueue.global().async { self.request(statement) }
    }

    private func request(_ statement: UInt64) {
        let mustRepeat = running.withLock { running in
            guard running.statement == statement, statement != 0 else { return false }
            running.request?.send()
            return true
        }
        guard mustRepeat else { return }
        DispatchQueue.global().asyncAfter(deadline: .now() + Self.repeatInterval) {
            self.request(statement)
        }
    }
}

/// What libpq needs to cancel over a connection of its own.
private struct CancelRequest: ~Copyable, @unchecked Sendable {  // libpq: thread-safe, immutable
    private let pointer: OpaquePointer

    init(adopting pointer: OpaquePointer) {
        self.pointer = pointer
    }

    deinit {
        PQfreeCancel(pointer)
    }

    /// Returns once the server has passed the request on.
    ///
    /// Failure needs no report: it is repeated.
    func send() {
        var message = [CChar](repeating: 0, count: 256)
        _ = PQcancel(pointer, &message, CInt(message.count))
    }
}
