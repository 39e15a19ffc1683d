package import Statistics

/// A number of runs out of all, with its Monte Carlo error.
package struct Share: Sendable, CustomStringConvertible {
    package var hits: Int
    package var runs: Int

    package init(_ hits: Int, of runs: Int) {
        self.hits = hits
        self.runs = runs
    }

    package var interval: Interval? {
        wilsonInterval(successes: hits, trials: runs)
    }

    package var description: String {
        func percent(_ share: Double) -> String { "\((1000 * share).rounded() / 10)" }
        guard let interval else { return "–" }
        return "\(percent(Double(hits) / Double(runs))) % "
            + "(\(percent(interval.low))–\(percent(interval.high)))"
    }
}
