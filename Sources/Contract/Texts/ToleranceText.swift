package import Evaluation

/// Tolerances as options give them: `10%` of the baseline risk, or `0.02` in the unit of the loss.
package enum ToleranceText {
    /// - Throws: `TextError` that says what is allowed.
    package static func tolerance(_ text: String) throws -> Tolerance {
        let isRelative = text.hasSuffix("%")
        let number = isRelative ? String(text.dropLast()) : text
        guard let value = Double(number), value.isFinite, value >= 0,
            number.allSatisfy({ $0.isNumber || $0 == "." })
        else {
            throw TextError(
                "Write a share of the baseline's risk, such as 10%, or "
                    + "an amount in the unit of the loss, such as 0.02."
            )
        }
        return isRelative ? .relative(value / 100) : .absolute(value)
    }

    package static func text(_ tolerance: Tolerance) -> String {
        switch tolerance {
        case .relative(let share): "\(trimmed(share * 100))%"
        case .absolute(let amount): trimmed(amount)
        }
    }

    private static func trimmed(_ value: Double) -> String {
        let rounded = (value * 1e6).rounded() / 1e6
        return rounded == rounded.rounded() && rounded < 1e15 ? "\(Int(rounded))" : "\(rounded)"
    }
}
