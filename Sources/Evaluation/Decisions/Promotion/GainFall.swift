import Statistics

/// Whether the newest days still have the gain that all days together have shown, day after day.
struct GainFall: Sendable {
    /// What was known with a day.
    struct State: Sendable {
        let logEvidence: Double
        /// The place of the first day of the fall.
        let change: Int
    }

    /// One for each day with labelled pairs; `nil` where the gain is not below half of what the days before have shown.
    private let belowHalf: [State?]
    /// The same, where it is not below what a margin allows; none without a margin.
    private let belowMargin: [State?]

    /// Follows the days of a sequence.
    init(_ path: GainPath) {
        belowHalf = Self.states(path, bound: nil)
        belowMargin = path.options.margin.map { Self.states(path, bound: -$0) } ?? []
    }

    private static func states(_ path: GainPath, bound: Double?) -> [State?] {
        var watch = GainWatch(bound: bound)
        return path.days.map { day in
            watch.add(rows: day.weight(path.metric), gain: day.gain(path.metric))
            guard let evidence = watch.logEvidence, let change = watch.changePoint else {
                return nil
            }
            return State(logEvidence: evidence, change: change)
        }
    }

    /// What is known with the last day of a sequence over the same days, or fewer; `nil` where nothing has fallen.
    func state(of path: GainPath) -> State? {
        let states = path.verdict == .nonInferior ? belowMargin : belowHalf
        return path.days.isEmpty ? nil : states[path.days.count - 1]
    }
}
