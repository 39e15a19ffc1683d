import Synchronization

/// χ²_d(0.10), below which an estimated variance lies with probability 0.10.
///
/// Watches ask for the same few thousand degrees of freedom again and again, so that each is worked out once.
enum LowerDecile {
    private static let known = Mutex<[Int: Double]>([:])

    /// The lower decile of χ².
    ///
    /// - Parameter degrees: Of freedom, d ≥ 1.
    /// - Returns: Above 0.
    static func ofChiSquared(degrees: Int) -> Double {
        if let decile = known.withLock({ $0[degrees] }) { return decile }
        let freedom = Double(degrees)
        let decile = ChiSquared(degreesOfFreedom: freedom).quantile(0.10) ?? freedom
        known.withLock { $0[degrees] = decile }
        return decile
    }
}
