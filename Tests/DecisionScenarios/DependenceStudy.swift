import Statistics

/// The watch of `recommend` on a quiet stream whose days depend on each other, with blocks of several days.
///
/// Rows go to the detector as they are: neither labels nor cohorts matter to the question how large a block of
/// evidence must be.
package struct DependenceStudy: Sendable {
    package var rowsPerDay: Int
    package var shock: Scenario.DayShock?
    package var daysPerBlock: Int

    /// The mean loss, from a long stream of days with shocks of the same size.
    private let risk: Double

    static let baselineBlocks = 60
    static let watchedBlocks = 365

    package init(rowsPerDay: Int, shock: Scenario.DayShock?, daysPerBlock: Int) {
        self.rowsPerDay = rowsPerDay
        self.shock = shock
        self.daysPerBlock = daysPerBlock
        var scenario = Scenario("risk")
        scenario.days = 5000
        scenario.shadowNoise = nil
        scenario.dayShock = shock.map { .init(correlation: 0, deviation: $0.deviation) }
        let losses = Self.losses(SimulatedStream(scenario, seed: 0).days[...])
        risk = losses.reduce(0, +) / Double(losses.count)
    }

    private static func losses(_ days: ArraySlice<[SimulatedStream.Row]>) -> [Double] {
        days.joined().map { row in
            let error = row.champion - (row.isPositive ? 1 : 0)
            return error * error
        }
    }

    /// Whether there was an alarm within 365 blocks.
    package struct Outcome: Sendable {
        /// With the default tolerance of 10 %.
        package var tolerant = false
        /// Without a tolerance: the bound is the upper limit of the baseline's risk.
        package var strict = false
        /// With the bound at the very risk of the stream.
        package var boundary = false
        /// What the evidence is divided by.
        package var tempering = 1.0
        /// The variance of block means as a multiple of what independent rows would give.
        package var varianceRatio = 0.0
    }

    package func run(seed: UInt64) -> Outcome {
        var scenario = Scenario("dependence")
        scenario.days = (Self.baselineBlocks + Self.watchedBlocks) * daysPerBlock
        scenario.rowsPerDay = rowsPerDay
        scenario.shadowNoise = nil
        scenario.dayShock = shock
        let stream = SimulatedStream(scenario, seed: seed)
        let blocks = stride(from: 0, to: scenario.days, by: daysPerBlock).map { day in
            Self.losses(stream.days[day..<day + daysPerBlock])
        }
        let baseline = Array(blocks[..<Self.baselineBlocks])
        let watched = Array(blocks[Self.baselineBlocks...])
        guard let moments = Self.moments(baseline), let all = Self.moments(blocks),
            let tolerant = BaselineRisk(moments, tolerance: .relative(0.1)),
            let strict = BaselineRisk(moments, tolerance: .absolute(0))
        else { return Outcome() }
        let tempering = strict.overdispersion.tempering
        return Outcome(
            tolerant: alarms(watched, tolerant.riskBound, tempering),
            strict: alarms(watched, strict.riskBound, tempering),
            boundary: alarms(watched, risk, tempering),
            tempering: tempering,
            varianceRatio: OverdispersionFactor(all).factor
        )
    }

    private func alarms(_ blocks: [[Double]], _ bound: Double, _ tempering: Double) -> Bool {
        guard
            var detector = try? ShiryaevRobertsDetector(
                riskBound: bound,
                overdispersion: tempering,
                horizon: Self.watchedBlocks
            )
        else { return false }
        for block in blocks { try? detector.add(losses: block) }
        return detector.alarmIndex != nil
    }

    private static func moments(_ blocks: [[Double]]) -> CohortMoments? {
        try? CohortMoments(
            counts: blocks.map { Double($0.count) },
            sums: blocks.map { $0.reduce(0, +) },
            sumsOfSquares: blocks.map { $0.reduce(0) { $0 + $1 * $1 } }
        )
    }
}
