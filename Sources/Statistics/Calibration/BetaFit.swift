import RealModule

/// Penalised logistic regression of outcomes on ln p, −ln(1 − p) and 1, by Newton's method.
struct BetaFit {
    private let logs: [(p: Double, q: Double)]
    private let outcomes: [Bool]
    private let penalty: Double
    /// The coefficients, by index, that stay 0.
    var heldAtZero: Set<Int> = []

    init(_ forecasts: BinaryForecasts, penalty: Double) {
        logs = forecasts.probabilities.map {
            let p = min(max($0, logOddsClip), 1 - logOddsClip)
            return (Double.log(p), -Double.log(onePlus: -p))
        }
        outcomes = forecasts.outcomes
        self.penalty = penalty
    }

    func solve() -> [Double] {
        let prior = [1.0, 1, 0]
        var beta = prior
        for index in heldAtZero { beta[index] = 0 }
        for _ in 0..<100 {
            var gradient = (0..<3).map { -penalty * (beta[$0] - prior[$0]) }
            var hessian = (0..<3).map { row in (0..<3).map { $0 == row ? penalty : 0 } }
            for (log, y) in zip(logs, outcomes) {
                let x = [log.p, log.q, 1]
                let r = logistic(beta[0] * x[0] + beta[1] * x[1] + beta[2])
                for i in 0..<3 {
                    gradient[i] += ((y ? 1 : 0) - r) * x[i]
                    for j in 0..<3 { hessian[i][j] += r * (1 - r) * x[i] * x[j] }
                }
            }
            for index in heldAtZero {
                gradient[index] = 0
                for other in 0..<3 {
                    hessian[index][other] = index == other ? 1 : 0
                    hessian[other][index] = index == other ? 1 : 0
                }
            }
            let step = LinearAlgebra.solve(hessian, gradient)
            // Newton's step is halved until the objective does not fall by more than
            // rounding: it is concave, so this ends.
            var share = 1.0
            let before = objective(beta)
            let least = before - 1e-10 * abs(before)
            var next = (0..<3).map { beta[$0] + step[$0] }
            while objective(next) < least, share > 1e-9 {
                share *= 0.5
                next = (0..<3).map { beta[$0] + share * step[$0] }
            }
            beta = next
            if (step.map { abs($0) }.max() ?? 0) < 1e-12 { break }
        }
        return beta
    }

    /// The penalised log likelihood.
    private func objective(_ beta: [Double]) -> Double {
        let square =
            (beta[0] - 1) * (beta[0] - 1) + (beta[1] - 1) * (beta[1] - 1) + beta[2] * beta[2]
        var sum = -0.5 * penalty * square
        for (log, y) in zip(logs, outcomes) {
            let eta = beta[0] * log.p + beta[1] * log.q + beta[2]
            sum += (y ? eta : 0) - softplus(eta)
        }
        return sum
    }
}

/// Small dense systems of linear equations.
enum LinearAlgebra {
    /// The solution of a positive definite system by elimination.
    static func solve(_ matrix: [[Double]], _ vector: [Double]) -> [Double] {
        var (a, b) = (matrix, vector)
        let n = b.count
        for pivot in 0..<n {
            for row in (pivot + 1)..<max(n, pivot + 1) {
                let factor = a[row][pivot] / a[pivot][pivot]
                for column in pivot..<n { a[row][column] -= factor * a[pivot][column] }
                b[row] -= factor * b[pivot]
            }
        }
        for row in (0..<n).reversed() {
            for column in (row + 1)..<max(n, row + 1) { b[row] -= a[row][column] * b[column] }
            b[row] /= a[row][row]
        }
        return b
    }
}
