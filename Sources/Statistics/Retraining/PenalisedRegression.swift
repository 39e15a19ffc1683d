/// A logistic regression around an offset, with a ridge penalty on every coefficient.
///
///     η = o + Xβ        F(β) = Σᵢ [n·ln(1 + exp ηᵢ) − yᵢηᵢ] + (λ/2)Σⱼβⱼ²
///
/// Newton's method from β = 0, with XᵀWX + λI decomposed by Cholesky. A step is halved as long as F would rise, as it may far
/// from the minimum. F is strictly convex: separated classes and equal columns leave one minimum too. After 25 steps the last β
/// is taken.
struct PenalisedRegression {
    let design: SparseRows
    let observations: OffsetObservations
    /// λ > 0.
    let penalty: Double

    private static let mostSteps = 25
    /// After so small a step the next one is below rounding: the error is squared at each.
    private static let smallStep = 1e-8

    /// β.
    func fit() -> [Double] {
        var coefficients = [Double](repeating: 0, count: design.width)
        var logOdds = observations.offsets
        var objective = objective(logOdds, coefficients)
        for _ in 0..<Self.mostSteps {
            let step = step(logOdds, coefficients)
            // What rounding may add.
            let most = objective + 1e-10 * abs(objective)
            let start = coefficients
            var share = 1.0
            repeat {
                coefficients = zip(start, step).map { $0 + share * $1 }
                logOdds = zip(observations.offsets, design.product(coefficients)).map(+)
                objective = self.objective(logOdds, coefficients)
                share *= 0.5
            } while objective > most && share > Self.smallStep
            if step.allSatisfy({ abs($0) < Self.smallStep }) { break }
        }
        return coefficients
    }

    private func objective(_ logOdds: [Double], _ coefficients: [Double]) -> Double {
        observations.loss(logOdds) + 0.5 * penalty * coefficients.reduce(0) { $0 + $1 * $1 }
    }

    /// Newton's step.
    private func step(_ logOdds: [Double], _ coefficients: [Double]) -> [Double] {
        let trials = observations.trials
        let probabilities = logOdds.map(logistic)
        let residuals = zip(observations.successes, probabilities).map { $0 - trials * $1 }
        let descent = zip(design.transposedProduct(residuals), coefficients).map {
            $0 - penalty * $1
        }
        var hessian = design.gram(probabilities.map { trials * $0 * (1 - $0) })
        hessian.addToDiagonal(penalty)
        return hessian.solve(descent, leastEigenvalue: penalty)
    }
}
