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

    /// A text that is read as the same tolerance, rounded to six decimals where that is.
    package static func text(_ tolerance: Tolerance) -> String {
        let rounded = text(tolerance) { ($0 * 1e6).rounded() / 1e6 }
        return (try? self.tolerance(rounded)) == tolerance ? rounded : text(tolerance) { $0 }
    }

    private static func text(_ tolerance: Tolerance, _ rounding: (Double) -> Double) -> String {
        switch tolerance {
        case .relative(let share): "\(trimmed(rounding(share * 100)))%"
        case .absolute(let amount): trimmed(rounding(amount))
        }
    }

    /// A number without an exponent.
    private static func trimmed(_ value: Double) -> String {
        if value == value.rounded(), value < 1e15 { return "\(Int(value))" }
        let parts = "\(value)".split(separator: "e")
        guard parts.count == 2, let exponent = Int(parts[1]) else { return "\(value)" }
        let digits = parts[0].filter { $0 != "." }
        let zeros = exponent < 0 ? -exponent - 1 : exponent + 1 - digits.count
        let filling = String(repeating: "0", count: max(0, zeros))
        return exponent < 0 ? "0." + filling + digits : digits + filling
    }
}
