import Statistics

/// Where the losses of a watched risk come from, block by block.
protocol RiskSource: Sendable {
    /// The losses of the next block, beside a reference that only earlier blocks tell.
    ///
    /// - Parameter block: It is taken in, whatever is returned.
    /// - Returns: `nil` where too little was known before it.
    mutating func next(_ block: WatchedBlock) -> RelativeRiskBlock?
}
