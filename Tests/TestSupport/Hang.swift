package import Testing

/// Limits against what never ends. A busy machine takes many times what a quiet one takes, and no test may fall to it.
package enum Hang {
    /// No process, and nothing that is waited for, takes as long.
    package static let limit: Duration = .seconds(30 * 60)
}

extension Trait where Self == TimeLimitTrait {
    /// No test takes as long.
    package static var hangLimit: Self { .timeLimit(.minutes(60)) }
}

/// Waits until something is so that can be seen from outside.
///
/// - Parameters:
///   - event: What is waited for, for the error's text.
///   - pause: Between two looks.
///   - condition: Asks the database, a process or a service.
/// - Throws: `NeverHappened` where it does not come true; what the condition throws.
package func eventually(
    _ event: String,
    pause: Duration = .milliseconds(5),
    _ condition: () async throws -> Bool
) async throws {
    let deadline = ContinuousClock.now + Hang.limit
    while try await !condition() {
        guard ContinuousClock.now < deadline else { throw NeverHappened(event: event) }
        try await Task.sleep(for: pause)
    }
}

package struct NeverHappened: Error, CustomStringConvertible {
    private var event: String

    package init(event: String) {
        self.event = event
    }

    package var description: String { "It never happened that \(event)." }
}
