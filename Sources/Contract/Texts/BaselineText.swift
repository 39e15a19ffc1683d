package import Evaluation

/// What `--baseline` gives: `first:60d`, `FROM..TO`, or a file.
package enum BaselineText: Sendable, Equatable {
    /// The first cohorts of a stretch of time that long.
    case firstSeconds(Int64)
    case firstCohorts(Int)
    case interval(from: Moment, to: Moment)
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
        } else if let range = text.firstRange(of: "..") {
            self = .interval(
                from: try Moment(String(text[..<range.lowerBound])),
                to: try Moment(String(text[range.upperBound...]))
            )
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
    /// - Throws: `TextError` for an interval that ends before it starts.
    package func setting(for task: PredictionTask) throws -> BaselineSetting? {
        switch self {
        case .firstCohorts(let cohorts): return .first(cohorts: cohorts)
        case .firstSeconds(let seconds):
            let bucket: Int64 = task.bucketSize == .hour ? 3600 : 86_400
            return .first(cohorts: Int((seconds + bucket - 1) / bucket))
        case .interval(let from, let to):
            let (start, end) = (try from.instant(in: task), try to.instant(in: task))
            guard start < end else {
                throw TextError(
                    "The baseline must end after it starts: \(start.iso8601) to \(end.iso8601)."
                )
            }
            return .interval(from: start, to: end)
        case .file: return nil
        }
    }

    /// The text that is read as the same baseline.
    package var text: String {
        switch self {
        case .firstSeconds(let seconds): "first:\(DurationText.text(seconds))"
        case .firstCohorts(let cohorts): "first:\(cohorts)"
        case .interval(let from, let to): "\(from.text)..\(to.text)"
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
        case .interval(let from, let to): "\(from.iso8601)..\(to.iso8601)"
        case .file: "file"
        }
    }
}
