/// How a model served on one day, from what predictions say of themselves.
package struct ServiceLevel: Sendable, Equatable {
    package var predictions: Int
    /// Predictions that carry a status.
    package var withStatus: Int
    /// Those whose status is neither `ok` nor `success` nor `200`, in any case of letters.
    package var failures: Int
    /// Predictions that carry a latency.
    package var withLatency: Int
    package var meanLatency: Double?
    /// The latency that 95 % of the predictions with one do not exceed, in milliseconds.
    package var p95Latency: Double?

    package init(
        predictions: Int = 0,
        withStatus: Int = 0,
        failures: Int = 0,
        withLatency: Int = 0,
        meanLatency: Double? = nil,
        p95Latency: Double? = nil
    ) {
        self.predictions = predictions
        self.withStatus = withStatus
        self.failures = failures
        self.withLatency = withLatency
        self.meanLatency = meanLatency
        self.p95Latency = p95Latency
    }

    /// The share of the predictions that failed; `nil` where none carries a status.
    package var failureRate: Double? {
        withStatus > 0 ? Double(failures) / Double(predictions) : nil
    }

    /// Why there is no failure rate.
    package var failureReason: String? {
        if withStatus > 0 { return nil }
        return predictions == 0
            ? "no predictions on the day" : "no prediction of the day carries a status"
    }

    /// Why there are no latencies.
    package var latencyReason: String? {
        if withLatency > 0 { return nil }
        return predictions == 0
            ? "no predictions on the day" : "no prediction of the day carries a latency_ms"
    }
}

/// Whether a shadow could do the champion's work: failures and latency of both on the last day of traffic.
package struct ServiceGuardrails: Sendable, Equatable {
    /// The last day, in the task's time zone, on which either predicted.
    package var from: Instant
    package var to: Instant
    package var champion: ServiceLevel
    package var shadow: ServiceLevel

    package init(from: Instant, to: Instant, champion: ServiceLevel, shadow: ServiceLevel) {
        self.from = from
        self.to = to
        self.champion = champion
        self.shadow = shadow
    }

    /// A share of failures up to this is nothing to speak of.
    static let tolerableFailures = 0.01
    /// How many times the champion's failures or latency a shadow may have.
    static let tolerableRatio = 2.0

    /// What is out of order, in sentences.
    package func problems(shadowName: Name) -> [String] {
        var problems: [String] = []
        if let ours = champion.failureRate, let theirs = shadow.failureRate,
            theirs > Self.tolerableFailures, theirs > Self.tolerableRatio * ours
        {
            problems.append(
                "\(shadowName) fails on \(Text.percent(theirs)) of its requests of the last day, the champion on "
                    + "\(Text.percent(ours))."
            )
        }
        if let ours = champion.p95Latency, let theirs = shadow.p95Latency,
            theirs > Self.tolerableRatio * ours
        {
            problems.append(
                "\(shadowName) is slow: of its requests of the last day one in twenty took more than "
                    + "\(Text.number(theirs)) ms, of the champion's more than \(Text.number(ours)) ms."
            )
        }
        return problems
    }
}
