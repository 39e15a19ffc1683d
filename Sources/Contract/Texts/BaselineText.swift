package import Evaluation

/// What `--baseline` gives: `first:60d`, `FROM..TO`, or a file.
package enum BaselineText: Sendable, Equatable {
    /// The first cohorts of a stretch of time that long.
    case firstSeconds(Int64)
    case firstCohorts(Int)
    case interval(MomentRange)
    case file(String)

    /// - Throws: `TextError` that says what is allowed.
    package init(_ text: String) throws {
        if text.hasPrefix("first:") {
            let length = String(text.dropFirst("first:".count))
            if let cohorts = Int(length) {
                self = .firstCohorts(cohorts)
            } else {
                self = .firstSeconds(try DurationText.seconds(length))
            }
        } else if text.contains("..") {
            self = .interval(try MomentRange(text))
        } else if text.hasPrefix("file:") {
            self = .file(String(text.dropFirst("file:".count)))
        } else if text.contains("/") || text.contains(".") {
            self = .file(text)
        } else {
            throw TextError(
                "Write first:60d, FROM..TO with dates or instants, or "
                    + "the name of a file."
            )
        }
    }

    /// The setting for a task, whose time zone and time bucket it depends on.
    ///
    /// - Returns: `nil` for a file, which an operation of its own takes in.
    /// - Throws: `ReversedWindow` for an interval that ends before it starts.
    package func setting(for task: PredictionTask) throws -> BaselineSetting? {
        switch self {
        case .firstCohorts(let cohorts): return .first(cohorts: cohorts)
        case .firstSeconds(let seconds):
            let bucket: Int64 = task.bucketSize == .hour ? 3600 : 86_400
            return .first(cohorts: Int((seconds + bucket - 1) / bucket))
        case .interval(let range): return .interval(try range.window(in: task))
        case .file: return nil
        }
    }

    /// The text that is read as the same baseline.
    package var text: String {
        switch self {
        case .firstSeconds(let seconds): "first:\(DurationText.text(seconds))"
        case .firstCohorts(let cohorts): "first:\(cohorts)"
        case .interval(let range): range.text
        case .file(let path): "file:\(path)"
        }
    }

    package static func text(_ setting: BaselineSetting, task: PredictionTask) -> String {
        switch setting {
        case .first(let cohorts):
            "first:"
                + DurationText.text(
                    Int64(cohorts) * (task.bucketSize == .hour ? 3600 : 86_400)
                )
        case .interval(let window):
            "\(window.lowerBound.iso8601)..\(window.upperBound.iso8601)"
        case .file: "file"
        }
    }
}
