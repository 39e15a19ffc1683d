import Statistics

/// How a map of scores is fitted.
package enum RecalibrationMethod: String, Sendable, CaseIterable {
    /// A line in log odds: two numbers, for shifts and for over- or underconfidence.
    case platt
    /// A nondecreasing step function: for any shape, with more rows.
    case isotonic
}

/// A map that recalibrates a model, and what it does to later days that it has not seen.
package struct RecalibrationReport: Sendable, Equatable {
    package var task: PredictionTask
    package var model: Name
    package var asOf: Instant
    package var method: RecalibrationMethod
    package var map: Map
    package var fit: Period
    package var validation: Validation?
    /// Why there is no validation.
    package var reason: String?
    /// Set where it is a replay.
    package var replay: Replay?

    package enum Map: Sendable, Equatable {
        /// logit r = intercept + slope · logit p.
        case line(intercept: Double, slope: Double)
        /// Linear between points of ascending score, constant beyond the first and the last.
        case steps(scores: [Double], values: [Double])
    }

    package struct Period: Sendable, Equatable {
        package var from: Instant
        package var to: Instant
        package var rows: Int
        package var positives: Int
    }

    package struct Validation: Sendable, Equatable {
        package var period: Period
        package var brier: Change
        package var logLoss: Change
        package var miscalibration: Change
        package var discrimination: Change
    }

    /// A number before and after; a gain is positive when recalibration is better.
    package struct Change: Sendable, Equatable {
        package var before: Double
        package var after: Double
        package var gain: Double
        /// The 95 % interval of the gain for one look, days as blocks; `nil` where none is made.
        package var low: Double?
        package var high: Double?
    }
}

/// Fits a map on some matured days and judges it on the days after them; pure.
package struct RecalibrationBuilder: Sendable {
    package let task: PredictionTask
    package let model: Name
    package let asOf: Instant
    /// The model's days of the full age, in event order.
    package let days: [EvidenceDay]

    package init(task: PredictionTask, model: Name, asOf: Instant, days: [EvidenceDay]) {
        self.task = task
        self.model = model
        self.asOf = asOf
        self.days = days.filter { $0.knownAt <= asOf && $0.cell.labelled > 0 }
    }

    /// - Parameters:
    ///   - method: How the map is fitted.
    ///   - interval: The days to fit on, later ones validate; `nil` fits on as many blocks as the virtual shadow, and
    ///     validates on as many.
    /// - Returns: `nil` where there is nothing to fit on.
    package func build(
        method: RecalibrationMethod,
        fitting interval: Window?
    ) -> RecalibrationReport? {
        let fitted: [EvidenceDay]
        let later: [EvidenceDay]
        if let interval {
            fitted = days.filter { interval.contains($0.start) }
            later = days.filter { $0.start >= interval.upperBound }
        } else {
            let recent = EvidenceBlocks(days).closed.suffix(2 * RecalibratedShadow.window)
            let half = recent.count - recent.count / 2
            fitted = Array(recent.prefix(half))
            later = Array(recent.dropFirst(half))
        }
        guard let bins = Self.scores(fitted).bins, let first = fitted.first,
            let last = fitted.last
        else { return nil }
        let (map, written) = Self.fit(bins, method)
        return RecalibrationReport(
            task: task,
            model: model,
            asOf: asOf,
            method: method,
            map: written,
            fit: Self.period(fitted, from: first.start, to: last.end),
            validation: validate(map, later),
            reason: later.isEmpty
                ? "no later day has matured: fit on earlier days to validate on these" : nil
        )
    }

    private static func fit(
        _ bins: CalibrationBins,
        _ method: RecalibrationMethod
    ) -> (RecalibrationMap, RecalibrationReport.Map) {
        switch method {
        case .platt:
            let map = RecalibrationMap.platt(fitting: bins)
            guard case .platt(let intercept, let slope) = map else {
                preconditionFailure("Platt's fit is a line.")
            }
            return (map, .line(intercept: intercept, slope: slope))
        case .isotonic:
            let map = RecalibrationMap.isotonic(IsotonicRegression(bins))
            guard case .isotonic(let scores, let values) = map else {
                preconditionFailure("An isotonic fit has steps.")
            }
            return (map, .steps(scores: scores, values: values))
        }
    }

    private static func scores(_ days: [EvidenceDay]) -> ClassScores {
        var sum = SparseHistogram(slotCount: ClassScores.slotCount)
        for day in days { sum.add(day.cell.scores) }
        return ClassScores(sum)
    }

    private static func period(
        _ days: [EvidenceDay],
        from: Instant,
        to: Instant
    ) -> RecalibrationReport.Period {
        let scores = scores(days)
        return RecalibrationReport.Period(
            from: from,
            to: to,
            rows: Int(scores.rows),
            positives: Int(scores.positives.reduce(0, +))
        )
    }

    private func validate(
        _ map: RecalibrationMap,
        _ days: [EvidenceDay]
    ) -> RecalibrationReport.Validation? {
        guard let first = days.first, let last = days.last else { return nil }
        let all = Self.scores(days)
        let after = all.mapped { map($0) }
        guard let before = Self.parts(all), let mapped = Self.parts(after) else { return nil }
        func change(_ loss: @escaping (Double, Bool) -> Double) -> RecalibrationReport.Change {
            let old = all.mean(loss)
            let new = after.mean(loss)
            let blocks = days.map { ClassScores($0.cell.scores) }
            let interval =
                (try? CohortSums(
                    counts: blocks.map(\.rows),
                    sums: blocks.map { scores in
                        scores.rows * (scores.mean(loss) - scores.mapped { map($0) }.mean(loss))
                    }
                )).flatMap(blockMean)?.interval()
            return RecalibrationReport.Change(
                before: old,
                after: new,
                gain: old - new,
                low: interval?.low,
                high: interval?.high
            )
        }
        return RecalibrationReport.Validation(
            period: Self.period(days, from: first.start, to: last.end),
            brier: change(BinaryLosses.brier),
            logLoss: change { p, isPositive in
                -portableLogarithm(max(BinaryLosses.logLossClip, isPositive ? p : 1 - p))
            },
            miscalibration: Self.fall(before.miscalibration.value, mapped.miscalibration.value),
            discrimination: RecalibrationReport.Change(
                before: before.discrimination.value,
                after: mapped.discrimination.value,
                gain: mapped.discrimination.value - before.discrimination.value
            )
        )
    }

    private static func fall(_ before: Double, _ after: Double) -> RecalibrationReport.Change {
        RecalibrationReport.Change(before: before, after: after, gain: before - after)
    }

    private static func parts(_ scores: ClassScores) -> BoundedScoreDecomposition? {
        let mean = scores.mean(BinaryLosses.brier)
        return scores.histogram.flatMap { scoreDecomposition($0, meanScore: mean) }
    }
}
