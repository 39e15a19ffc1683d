package import Evaluation
package import Statistics

/// A history of a task that can be brought in many ways: rows that say themselves when they were known, in files of days.
package struct FileHistory {
    /// A file of predictions or of labels.
    package struct File: Sendable {
        package var isLabels: Bool
        /// The days that its rows are of.
        package var days: Range<Int>
        package var text: String
    }

    package static let dayCount = 84
    package static let start = Instant(seconds: 1_704_067_200)
    /// When the last label is known, with a day to spare.
    package static let end = day(dayCount + 7)

    package let task: PredictionTask
    private var predictions: [[String]] = []
    private var labels: [[String]] = []

    package static func day(_ number: Int) -> Instant {
        start.advanced(bySeconds: 86_400 * Int64(number))
    }

    /// - Parameters:
    ///   - seed: Of the numbers.
    ///   - requests: A day.
    ///   - breaks: From when on the champion knows nothing; `nil` for never.
    package init(seed: UInt64, requests: Int = 9, breaks: Int? = nil) {
        var generator = SeededGenerator(seed: seed)
        task = PredictionTask(
            name: Name("order"),
            kind: .binary,
            horizonSeconds: 2 * 86_400,
            baseline: .first(cohorts: 30)
        )
        for day in 0..<Self.dayCount {
            var (told, known): ([String], [String]) = ([], [])
            for number in 0..<requests {
                let at = Self.day(day).advanced(
                    bySeconds: Int64.random(in: 0..<86_400, using: &generator)
                )
                let truth = Double.random(in: 0.05...0.95, using: &generator)
                let isBroken = breaks.map { day >= $0 } ?? false
                let noise = Double.random(in: -0.3...0.3, using: &generator)
                let champion =
                    isBroken
                    ? Double.random(in: 0.05...0.95, using: &generator)
                    : min(0.98, max(0.02, truth + noise))
                for (model, score) in [("champion", champion), ("shadow", truth)] {
                    told.append("d\(day)-\(number),\(at.iso8601),\(at.iso8601),\(model),\(score)")
                }
                let outcome = Double.random(in: 0..<1, using: &generator) < truth ? 1 : 0
                // Within the horizon, mostly; some after it, and some never.
                let kind = Double.random(in: 0..<1, using: &generator)
                guard kind > 0.08 else { continue }
                let delay = kind < 0.13 ? 4.5 : Double.random(in: 0.1...1.9, using: &generator)
                let first = at.advanced(bySeconds: Int64(86_400 * delay))
                let isCorrected = Double.random(in: 0..<1, using: &generator) < 0.04
                known.append(
                    "d\(day)-\(number),\(first.iso8601),\(first.iso8601),\(isCorrected ? 1 - outcome : outcome)"
                )
                guard isCorrected else { continue }
                let again = first.advanced(
                    bySeconds: Int64.random(in: 3_600...200_000, using: &generator)
                )
                known.append("d\(day)-\(number),\(again.iso8601),\(again.iso8601),\(outcome)")
            }
            predictions.append(told)
            labels.append(known)
        }
    }

    /// The rows of some days, as a file.
    package func file(
        isLabels: Bool,
        days: Range<Int>,
        where isIn: (String) -> Bool = { _ in true }
    )
        -> File
    {
        let header =
            isLabels
            ? "prediction_id,observed_at,known_at,label"
            : "prediction_id,predicted_at,known_at,model,score"
        let rows = (isLabels ? labels : predictions)[days].joined().filter(isIn)
        return File(
            isLabels: isLabels,
            days: days,
            text: ([header] + rows).joined(separator: "\n") + "\n"
        )
    }

    /// All rows, in two files.
    package var whole: [File] {
        [false, true].map { file(isLabels: $0, days: 0..<Self.dayCount) }
    }

    /// All rows in files of some days each, in event order.
    package func files(using generator: inout SeededGenerator) -> [File] {
        var files: [File] = []
        for isLabels in [false, true] {
            var day = 0
            while day < Self.dayCount {
                let end = min(Self.dayCount, day + Int.random(in: 1...8, using: &generator))
                files.append(file(isLabels: isLabels, days: day..<end))
                day = end
            }
        }
        return files.sorted {
            ($0.days.lowerBound, $0.isLabels ? 1 : 0) < ($1.days.lowerBound, $1.isLabels ? 1 : 0)
        }
    }
}
