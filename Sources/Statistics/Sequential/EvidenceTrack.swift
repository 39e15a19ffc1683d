import RealModule

/// What an e-process has shown so far: its value now, and the largest that it ever was.
///
/// E ≥ 1/α at any time rejects at level α, whenever and however often one looks (Ville). The maximum
/// gives the anytime-valid p-value; it is not itself an e-value, so multiple testing with e-values
/// needs the current one.
public struct EvidenceTrack: Sendable, Hashable {
    /// ln E now; 0 at the start.
    public private(set) var current = 0.0
    /// The largest ln E so far, 0 or more.
    public private(set) var largest = 0.0

    /// Starts at E = 1.
    public init() {}

    /// Moves to a new value.
    ///
    /// - Parameter logEvidence: ln E, which may exceed the range of exp.
    public mutating func update(logEvidence: Double) {
        precondition(!logEvidence.isNaN, "Evidence is a number.")
        current = logEvidence
        largest = max(largest, logEvidence)
    }

    /// The anytime-valid p-value 1/sup E, at most 1.
    public var pValue: Double { Double.exp(-largest) }

    /// Whether the null was rejected at some time.
    ///
    /// - Parameter alpha: The error probability, strictly between 0 and 1.
    /// - Returns: Whether E ever reached 1/α.
    public func isRejected(alpha: Double) -> Bool {
        Checks.alpha(alpha)
        return largest >= -Double.log(alpha)
    }
}
