import Dispatch
import Foundation
import Presentation
import Synchronization

/// Ctrl-C and SIGTERM: the first cancels, so that the database takes back what was begun.
///
/// A second one, or some seconds in which cancelling was of no use, such as while a pipe is read that
/// gives nothing, end the process at once; then the database takes back what was begun by itself.
enum Interruption {
    private static let grace: DispatchTimeInterval = .seconds(5)

    /// Runs the body, which is cancelled by a signal.
    static func cancelling<T: Sendable>(
        _ body: @escaping @Sendable () async throws -> T
    ) async throws -> T {
        let (signals, continuation) = AsyncStream.makeStream(of: Void.self)
        let count = Mutex(0)
        let sources = [SIGINT, SIGTERM].map { number in
            // The default action must not come first.
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler {
                let isFirst = count.withLock { count in
                    count += 1
                    return count == 1
                }
                guard isFirst else { endAtOnce() }
                continuation.yield()
                DispatchQueue.global().asyncAfter(deadline: .now() + grace) { endAtOnce() }
            }
            source.resume()
            return source
        }
        defer { for source in sources { source.cancel() } }
        return try await withThrowingTaskGroup(of: T?.self) { group in
            group.addTask { try await body() }
            group.addTask {
                for await _ in signals { return nil }
                return nil
            }
            var wasInterrupted = false
            do {
                while let value = try await group.next() {
                    if let value {
                        group.cancelAll()
                        return value
                    }
                    wasInterrupted = true
                    group.cancelAll()
                }
            } catch {
                group.cancelAll()
                throw wasInterrupted ? CancellationError() : error
            }
            throw CancellationError()
        }
    }

    private static func endAtOnce() -> Never {
        Terminal.writeError("gnomon: Interrupted; what was not finished is not kept.\n")
        Foundation._exit(ExitStatus.interrupted.code)
    }
}
