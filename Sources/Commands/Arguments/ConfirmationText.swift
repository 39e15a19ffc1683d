import ArgumentParser
import Contract
import Evaluation

/// How often evidence must be found, as an option gives it: `3/5`.
enum ConfirmationText {
    /// - Throws: `ValidationError` that says what is allowed.
    static func confirmation(_ text: String) throws -> Confirmation {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false).map { Int($0) }
        guard parts.count == 2, let hits = parts[0], let of = parts[1], hits >= 1, hits <= of,
            of <= 100
        else {
            throw ValidationError(
                "Write k/n, such as 3/5: the alarm must stand in k of the last n blocks of evidence, with n up "
                    + "to 100."
            )
        }
        return Confirmation(hits: hits, of: of)
    }
}

/// Two moments, as an option gives them: `2013-05-01..2013-12-31`.
struct MomentRange: Sendable, Equatable {
    var from: Moment
    var to: Moment

    /// - Throws: `ValidationError` that says what is allowed.
    init(_ text: String) throws {
        let parts = text.split(separator: "..", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2 else {
            throw ValidationError("Write FROM..TO, such as 2013-05-01..2013-12-31.")
        }
        from = try Moment(parts[0])
        to = try Moment(parts[1])
    }

    func range(in task: PredictionTask) throws -> Range<Instant> {
        let (start, end) = (try from.instant(in: task), try to.instant(in: task))
        guard start < end else {
            throw ValidationError("The interval is empty: its end must come after its start.")
        }
        return start..<end
    }
}
