import Statistics

/// Random inputs for property tests: small and large, with ties, certain scores and single classes.
enum RandomForecasts {
    static func binary(_ generator: inout SeededGenerator, most: Int = 60) throws -> BinaryForecasts
    {
        let count = Int.random(in: 1...most, using: &generator)
        let style = Int.random(in: 0..<5, using: &generator)
        var probabilities: [Double] = []
        var outcomes: [Bool] = []
        for _ in 0..<count {
            let u = generator.nextUniform()
            let p =
                switch style {
                case 0: u
                case 1: (u * 10).rounded() / 10
                case 2: u < 0.3 ? 0 : (u > 0.7 ? 1 : u)
                case 3: 0.5
                default: u * 1e-8
                }
            probabilities.append(p)
            outcomes.append(generator.nextUniform() < (style == 4 ? 0.3 : 0.2 + 0.6 * p))
        }
        return try BinaryForecasts(probabilities: probabilities, outcomes: outcomes)
    }

    static func shuffled(
        _ forecasts: BinaryForecasts,
        _ generator: inout SeededGenerator
    ) throws -> BinaryForecasts {
        let order = Array(0..<forecasts.count).shuffled(using: &generator)
        return try BinaryForecasts(
            probabilities: order.map { forecasts.probabilities[$0] },
            outcomes: order.map { forecasts.outcomes[$0] }
        )
    }

    /// 1 − p with the classes exchanged.
    static func complement(_ forecasts: BinaryForecasts) throws -> BinaryForecasts {
        try BinaryForecasts(
            probabilities: forecasts.probabilities.map { 1 - $0 },
            outcomes: forecasts.outcomes.map { !$0 }
        )
    }

    static func repeated(_ forecasts: BinaryForecasts, _ times: [Int]) throws -> BinaryForecasts {
        var probabilities: [Double] = []
        var outcomes: [Bool] = []
        for (row, count) in times.enumerated() {
            probabilities += [Double](repeating: forecasts.probabilities[row], count: count)
            outcomes += [Bool](repeating: forecasts.outcomes[row], count: count)
        }
        return try BinaryForecasts(probabilities: probabilities, outcomes: outcomes)
    }
}
