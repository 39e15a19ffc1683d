package import Postgres
import Synchronization

/// A clock that shows what a test sets it to, so that a year passes in seconds.
package final class TestClock: PostgresClock {
    private let present: Mutex<Int64>

    /// - Parameter microseconds: Since 1970-01-01T00:00:00Z.
    package init(microsecondsSince1970 microseconds: Int64) {
        present = Mutex(microseconds)
    }

    package func microsecondsSince1970(_ connection: PostgresConnection) -> Int64 {
        present.withLock(\.self)
    }

    package func set(microsecondsSince1970 microseconds: Int64) {
        present.withLock { $0 = microseconds }
    }

    /// Goes forward, or back where the step is negative.
    package func step(seconds: Int64) {
        present.withLock { $0 += 1_000_000 * seconds }
    }
}
