import Foundation
import Ingest
import Presentation
import Synchronization

/// A line on standard error that says how far something has come, while it takes more than a second.
final class Progress: Sendable {
    private struct State {
        var label: String
        var input: IngestProgress?
        var isDrawn = false
    }

    private let state: Mutex<State>
    private let isShown: Bool
    private let start = ContinuousClock.now

    private static let delay: Duration = .seconds(1)
    private static let interval: Duration = .milliseconds(250)

    init(_ label: String, isShown: Bool) {
        state = Mutex(State(label: label))
        self.isShown = isShown
    }

    /// Shows the line while the body runs.
    func show<T>(_ body: () async throws -> T) async throws -> T {
        guard isShown else { return try await body() }
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                try? await Task.sleep(for: Self.delay)
                while !Task.isCancelled {
                    self.draw()
                    try? await Task.sleep(for: Self.interval)
                }
            }
            defer {
                group.cancelAll()
                clear()
            }
            return try await body()
        }
    }

    func update(_ progress: IngestProgress) {
        state.withLock { $0.input = progress }
    }

    private func draw() {
        let elapsed = ContinuousClock.now - start
        state.withLock { state in
            state.isDrawn = true
            Terminal.writeError("\r\u{1B}[K" + Self.line(state.label, state.input, elapsed))
        }
    }

    private func clear() {
        state.withLock { state in
            if state.isDrawn { Terminal.writeError("\r\u{1B}[K") }
            state.isDrawn = false
        }
    }

    /// The line, such as `reading flights.csv.gz: 1,000,000 rows, 250,000 rows/s, 40 %, 6 s left, 4 s`.
    static func line(
        _ label: String,
        _ input: IngestProgress?,
        _ elapsed: Duration
    ) -> String {
        let seconds = elapsed / .seconds(1)
        var parts: [String] = []
        if let input, input.rowsRead > 0, seconds > 0 {
            parts.append("\(NumberText.count(input.rowsRead)) rows")
            parts.append("\(NumberText.count(Int(Double(input.rowsRead) / seconds))) rows/s")
            if let total = input.totalBytes, total > 0, input.bytesRead > 0 {
                let share = min(1, Double(input.bytesRead) / Double(total))
                parts.append("\(Int(100 * share)) %")
                parts.append(duration(seconds / share - seconds) + " left")
            }
        }
        parts.append(duration(seconds))
        return TextTable.cut("\(label): " + parts.joined(separator: ", "), 79)
    }

    private static func duration(_ seconds: Double) -> String {
        let whole = Int(max(0, seconds).rounded())
        if whole < 60 { return "\(whole) s" }
        if whole < 3600 { return "\(whole / 60) min \(whole % 60) s" }
        return "\(whole / 3600) h \(whole / 60 % 60) min"
    }
}
