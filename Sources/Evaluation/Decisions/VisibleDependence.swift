/// Whether rows of a unit visibly depend: whether they scatter more than chance makes of independent rows.
enum VisibleDependence {
    /// Standard errors beyond which chance is no explanation.
    private static let standardErrors = 3.0

    /// `factor` says how many times the variance of independent rows theirs is; that of independent rows is about 1,
    /// with a variance of 2/(units − 1).
    static func holds(factor: Double, units: Double) -> Bool {
        units > 1 && factor > 1 + standardErrors * (2 / (units - 1)).squareRoot()
    }
}
