import CPostgres

/// What another session sent by NOTIFY.
package struct PostgresNotification: Hashable, Sendable {
    package var channel: String
    package var payload: String

    package init(channel: String, payload: String) {
        self.channel = channel
        self.payload = payload
    }
}

extension PostgresConnection {
    package func listen(_ channel: String) async throws(PostgresError) {
        try await execute("LISTEN \(identifier: channel)")
    }

    package func notify(_ channel: String, payload: String) async throws(PostgresError) {
        try await execute("SELECT pg_notify(\(channel), \(payload))")
    }

    /// Waits for a notification.
    ///
    /// Nothing else runs on this connection meanwhile.
    ///
    /// - Parameter limit: How long to wait.
    /// - Returns: The oldest notification that was not handed out yet, or `nil` when time is up.
    /// - Throws: A connection error, or cancellation.
    package func nextNotification(
        within limit: Duration
    ) async throws(PostgresError) -> PostgresNotification? {
        let handle = try openHandle("LISTEN")
        let deadline = ContinuousClock.now + limit
        while true {
            guard PQconsumeInput(handle.pointer) == 1 else {
                throw handle.sessionError(sql: "LISTEN")
            }
            if let pointer = PQnotifies(handle.pointer) {
                defer { PQfreemem(pointer) }
                return PostgresNotification(
                    channel: String(cString: pointer.pointee.relname),
                    payload: String(cString: pointer.pointee.extra)
                )
            }
            if Task.isCancelled { throw .cancelled(sql: "LISTEN") }
            let left = deadline - .now
            if left <= .zero { return nil }
            let (seconds, attoseconds) = min(left, Self.cancellationInterval).components
            let milliseconds = seconds * 1000 + attoseconds / 1_000_000_000_000_000
            _ = gnomon_wait_readable(PQsocket(handle.pointer), CInt(max(1, milliseconds)))
        }
    }

    /// How often the wait looks whether its task was cancelled.
    private static let cancellationInterval: Duration = .milliseconds(50)
}
