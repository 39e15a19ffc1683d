import RealModule

/// Where the recalibrated values of calibrated forecasts with these scores would lie.
///
/// The band is under the null around the diagonal: a curve that leaves it speaks against calibration. It
/// is not a confidence band of the curve.
public struct ConsistencyBand: Sendable, Hashable {
    /// The distinct scores, ascending.
    public let scores: [Double]
    /// The lower limit at each score.
    public let low: [Double]
    /// The upper limit at each score.
    public let high: [Double]
    /// The mean miscalibration (MCB of the Brier score) of calibrated forecasts with these scores:
    /// what chance alone gives.
    public let meanMiscalibration: Double
}

/// The consistency band of isotonic recalibration by resampling.
///
/// Scores are drawn with replacement and outcomes from the scores; the isotonic fit of each resample is
/// interpolated at the distinct scores within its range, and its quantiles are taken point by point.
///
/// - Parameters:
///   - forecasts: n ≥ 1 forecasts; the outcomes are not used.
///   - level: The level of the band, strictly between 0 and 1.
///   - resamples: The resamples, 1000 or more for two digits.
///   - seed: The seed; the same seed gives the same band.
/// - Returns: The band.
/// - Complexity: O(resamples · n).
///
/// ## Source
///
/// Dimitriadis, T., Gneiting, T. and Jordan, A. I. (2021). *PNAS*, 118(8), e2016191118.
public func consistencyBand(
    _ forecasts: BinaryForecasts,
    level: Double = 0.9,
    resamples: Int = 1000,
    seed: UInt64 = 1
) -> ConsistencyBand {
    Checks.level(level)
    precondition(resamples >= 1, "There is one resample or more.")
    let groups = ScoreGroups(forecasts)
    var groupOfRow: [Int] = []
    for group in 0..<groups.count {
        let rows = Int(groups.negatives[group] + groups.positives[group])
        groupOfRow += [Int](repeating: group, count: rows)
    }
    var generator = SeededGenerator(seed: seed)
    var fits = [[Double]](repeating: [], count: groups.count)
    var miscalibration = 0.0
    for _ in 0..<resamples {
        var counts = [Double](repeating: 0, count: groups.count)
        var positives = counts
        for _ in groupOfRow.indices {
            let group = groupOfRow[Int.random(in: 0..<groupOfRow.count, using: &generator)]
            counts[group] += 1
            if generator.nextUniform() < groups.scores[group] { positives[group] += 1 }
        }
        let blocks = PoolAdjacentViolators.blocks(counts: counts, positives: positives)
        miscalibration += brierMiscalibration(blocks, groups.scores, counts, positives)
        for (group, value) in interpolate(blocks, groups.scores, counts) {
            fits[group].append(value)
        }
    }
    let tail = 0.5 * (1 - level)
    for group in fits.indices { fits[group].sort() }
    // A score that no resample reached has no quantiles; the whole range is the honest answer.
    return ConsistencyBand(
        scores: groups.scores,
        low: fits.map { $0.isEmpty ? 0 : quantile(sorted: $0, tail) },
        high: fits.map { $0.isEmpty ? 1 : quantile(sorted: $0, 1 - tail) },
        meanMiscalibration: miscalibration / Double(resamples)
    )
}

/// The consistency band of isotonic recalibration of binned forecasts.
///
/// The rows of each bin stay as many as they are and get outcomes from the bin's mean score. Faster than
/// resampling rows, and slightly narrower, because the scores are not resampled.
///
/// - Parameters:
///   - bins: Rows and scores by bin, in ascending order of score; positives are not used.
///   - level: The level of the band, strictly between 0 and 1.
///   - resamples: The resamples, 1000 or more for two digits.
///   - seed: The seed; the same seed gives the same band.
/// - Returns: The band at the mean scores of bins with rows; `nil` without rows.
/// - Complexity: O(resamples · bins).
public func consistencyBand(
    _ bins: CalibrationBins,
    level: Double = 0.9,
    resamples: Int = 1000,
    seed: UInt64 = 1
) -> ConsistencyBand? {
    Checks.level(level)
    precondition(resamples >= 1, "There is one resample or more.")
    let filled = bins.counts.indices.filter { bins.counts[$0] >= 0.5 && bins.counts[$0] < 1e15 }
    guard !filled.isEmpty else { return nil }
    let scores = filled.map { min(1, bins.scoreSums[$0] / bins.counts[$0]) }
    let counts = filled.map { bins.counts[$0].rounded() }
    var generator = SeededGenerator(seed: seed)
    var fits = [[Double]](repeating: [], count: filled.count)
    var miscalibration = 0.0
    for _ in 0..<resamples {
        let positives = filled.indices.map {
            Double(
                Binomial(trials: Int(counts[$0]), probability: scores[$0])
                    .sample(using: &generator)
            )
        }
        let blocks = PoolAdjacentViolators.blocks(counts: counts, positives: positives)
        miscalibration += brierMiscalibration(blocks, scores, counts, positives)
        for block in blocks {
            for group in block.groups { fits[group].append(block.mean) }
        }
    }
    let tail = 0.5 * (1 - level)
    for group in fits.indices { fits[group].sort() }
    return ConsistencyBand(
        scores: scores,
        low: fits.map { quantile(sorted: $0, tail) },
        high: fits.map { quantile(sorted: $0, 1 - tail) },
        meanMiscalibration: miscalibration / Double(resamples)
    )
}

/// The consistency interval of one bin: the shares of positives that a calibrated bin would show.
///
/// - Parameters:
///   - count: n ≥ 0 rows.
///   - meanScore: p̄, from 0 to 1.
///   - level: The least probability of the interval, strictly between 0 and 1.
/// - Returns: Quantiles of Bin(n, p̄)/n, or `nil` without rows.
///
/// ## Source
///
/// Bröcker, J. and Smith, L. A. (2007). Increasing the reliability of reliability diagrams. *Weather
/// and Forecasting*, 22(3), 651–661.
public func consistencyInterval(
    count: Int,
    meanScore: Double,
    level: Double = 0.9
) -> Interval? {
    Checks.level(level)
    guard count > 0 else { return nil }
    let distribution = Binomial(trials: count, probability: meanScore)
    let tail = 0.5 * (1 - level)
    return Interval(
        low: Double(distribution.quantile(tail)) / Double(count),
        high: Double(distribution.quantile(1 - tail)) / Double(count)
    )
}

/// Fitted values at the groups with rows, and linearly between them.
private func interpolate(
    _ blocks: [PoolAdjacentViolators.Block],
    _ scores: [Double],
    _ counts: [Double]
) -> [(group: Int, value: Double)] {
    var values: [(group: Int, value: Double)] = []
    var last: (group: Int, value: Double)?
    for block in blocks {
        for group in block.groups where counts[group] > 0 {
            if let last {
                for between in (last.group + 1)..<max(group, last.group + 1) {
                    let share =
                        (scores[between] - scores[last.group])
                        / (scores[group] - scores[last.group])
                    values.append((between, last.value + share * (block.mean - last.value)))
                }
            }
            values.append((group, block.mean))
            last = (group, block.mean)
        }
    }
    return values
}

private func brierMiscalibration(
    _ blocks: [PoolAdjacentViolators.Block],
    _ scores: [Double],
    _ counts: [Double],
    _ positives: [Double]
) -> Double {
    var (forecast, recalibrated, rows) = (0.0, 0.0, 0.0)
    for group in counts.indices {
        let (p, n, y) = (scores[group], counts[group], positives[group])
        forecast += (n - y) * p * p + y * (1 - p) * (1 - p)
        rows += n
    }
    for block in blocks {
        recalibrated += ProperScore.brier.entropy(count: block.count, positives: block.positives)
    }
    return max(0, (forecast - recalibrated) / rows)
}
