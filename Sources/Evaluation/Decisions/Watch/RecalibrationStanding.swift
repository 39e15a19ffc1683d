import Statistics

/// Whether recalibrating would do while an alarm stands, or the model must be trained anew.
///
///     z_j = a_j − 0.8·c_j    a_j = S_j − S'_j, what the recalibrated champion won in block j
///                            c_j = S_j − ρ̂R_j, the excess over the baseline's ratio
///
/// Over the blocks since the change whose map had seen 14 of them, half of what it is fitted on; the newest 365 at most. It is
/// enough where z is surely above 0 and the scores surely tell the classes apart; it is not where z is surely below 0, or the
/// scores do no better than chance. Between the two what was said before stands. The first answer is that of the mean over
/// 14 such blocks, and until then of the blocks whose map had seen any.
struct RecalibrationStanding: Sendable {
    /// Of the excess, the share that recalibration must win back to be enough.
    static let enough = 0.8
    /// Standard errors by which the area must be above one half.
    static let errors = 2.33
    private static let chance = 0.5
    private let ratio: Double
    /// Of the blocks whose map knows enough, and of those before.
    private var informed = WonBack()
    private var early = WonBack()
    private var areas: [WithinBlockArea.Block] = []
    /// `nil` until a map knows a block since the change.
    private(set) var isEnough: Bool?

    /// - Parameter ratio: ρ̂ at the alarm.
    init(ratio: Double) {
        self.ratio = ratio
    }

    /// Takes in the next block since the change.
    ///
    /// - Parameters:
    ///   - day: The champion's and the recalibrated champion's losses; `nil` where there is no map.
    ///   - seen: How many blocks since the change the map knows.
    ///   - reference: R of the block, that of the constant forecast or of rows.
    ///   - area: How well the block's scores tell the classes apart.
    mutating func add(
        _ day: RecalibratedShadow.Day?,
        seen: Int,
        reference: Double,
        area: WithinBlockArea.Block
    ) {
        areas.append(area)
        if areas.count > RecentDays.count { areas.removeFirst() }
        guard let day, seen > 0 else { return }
        let excess = day.champion - ratio * reference
        if seen >= WonBack.leastBlocks {
            informed.add(rows: day.rows, gain: day.gain, excess: excess)
        } else {
            early.add(rows: day.rows, gain: day.gain, excess: excess)
        }
        decide()
    }

    /// What recalibrating would have won back of the excess, over the blocks that the answer is of.
    var wonBack: WonBack { informed.blocks >= WonBack.leastBlocks ? informed : early }

    private mutating func decide() {
        let point = wonBack.sequence(Self.enough)
        let isFirst = isEnough == nil || informed.blocks <= WonBack.leastBlocks
        let interval = isFirst ? nil : point?.interval
        if hasNoSkill || interval.map({ $0.high < 0 }) == true {
            isEnough = false
        } else if let interval, interval.low > 0, hasSkill {
            isEnough = true
        } else if isFirst {
            isEnough = (point?.mean ?? 0) > 0 && hasSkill
        }
    }

    /// Of the last blocks.
    private var area: WithinBlockArea { WithinBlockArea(areas) }

    /// Whether the scores of the last blocks surely tell the classes apart.
    private var hasSkill: Bool {
        guard let value = area.area, let error = area.standardError else { return false }
        return value - Self.errors * error > Self.chance
    }

    private var hasNoSkill: Bool { area.area.map { $0 <= Self.chance } ?? false }

    /// Whether recalibrating surely gains at all.
    var surelyGains: Bool { informed.sequence(0)?.interval.map { $0.low > 0 } ?? false }
}
