import Statistics

extension RegressionScoring {
    var risk: any RiskSource { AbsoluteErrors() }
    var relativeRisk: any RiskSource { RelativeErrors() }
    var outcomeForecast: OutcomeForecast { .median(MedianForecast()) }
}

/// The absolute errors themselves, as far as their cap.
private struct AbsoluteErrors: RiskSource {
    private var cap = LossCap()

    mutating func next(_ block: WatchedBlock) -> RelativeRiskBlock? {
        defer { cap.add(block.day.cell.losses) }
        let own = cap.moments(of: block.day.cell)
        guard cap.isSettled, own.rows > 0 else { return nil }
        return RelativeRiskBlock(own.absolute)
    }
}

/// The absolute errors beside those of the median label so far.
private struct RelativeErrors: RiskSource {
    private var forecast = MedianForecast()
    private var cap = LossCap()

    mutating func next(_ block: WatchedBlock) -> RelativeRiskBlock? {
        let cell = block.day.cell
        defer {
            forecast.add(cell.labels)
            cap.add(cell.losses)
        }
        guard forecast.isSettled, cap.isSettled else { return nil }
        return cell.labels.moments(beside: cap.moments(of: cell), forecast.loss)
            .map(RelativeRiskBlock.init)
    }
}
