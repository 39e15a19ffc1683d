/// The loss by which cohorts and single predictions are judged.
package struct CohortLoss: Sendable {
    /// What its mean is called.
    package let name: String
    /// What it is called where the watch adds it up.
    package let watchedName: String
    /// The grid on which cohorts keep their losses.
    package let grid: LossGrid
}
