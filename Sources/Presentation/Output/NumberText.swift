import Evaluation
import Foundation

/// Numbers, times and durations as tables show them.
package enum NumberText {
    package static let none = "–"

    /// `54,316`.
    package static func count(_ value: Int) -> String { Text.whole(value) }

    package static func count(_ value: Int64) -> String { count(Int(value)) }

    /// With the word for one or for several: `1 cell`, `54,316 cells`.
    package static func count(_ value: Int, _ one: String, _ several: String) -> String {
        Text.count(value, one, several)
    }

    /// Decimals that tell a number of that size to about three digits.
    package static func decimals(_ value: Double) -> Int {
        switch abs(value) {
        case 0.1..<10, 0: 3
        case 10..<100: 2
        case 100..<1000: 1
        case 1000...: 0
        default: 4
        }
    }

    /// A number with its natural decimals; very large and very small ones with an exponent.
    package static func number(_ value: Double, decimals: Int? = nil) -> String {
        guard value.isFinite else { return none }
        let size = abs(value)
        if size != 0, size < 0.00005 || size >= 1e9 { return String(format: "%.2e", value) }
        let text = String(format: "%.\(decimals ?? Self.decimals(value))f", value)
        guard size >= 10_000 else { return text }
        let parts = text.split(separator: ".", maxSplits: 1)
        let whole = count(Int(parts[0]) ?? 0)
        return parts.count == 2 ? "\(whole).\(parts[1])" : whole
    }

    package static func signed(_ value: Double, decimals: Int? = nil) -> String {
        (value > 0 ? "+" : "") + number(value, decimals: decimals)
    }

    /// A number as sentences have it, for where one stands beside.
    package static func told(_ value: Double) -> String {
        value.isFinite ? Text.number(value) : none
    }

    /// `0.161–0.172`; `-0.2 to 0.3` where a sign would be taken for the dash; `<0.0001–0.013` where one bound is
    /// next to nothing beside the other, and the side of 0 on which it lies is all that matters of it.
    package static func interval(_ low: Double, _ high: Double, decimals: Int) -> String {
        let size = max(abs(low), abs(high))
        return interval(low, high) { bound in
            guard bound != 0, abs(bound) < 0.00005, size >= 0.0005 else {
                return number(bound, decimals: decimals)
            }
            return bound > 0 ? "<0.0001" : ">-0.0001"
        }
    }

    /// With the bounds as sentences have them.
    package static func interval(_ low: Double, _ high: Double) -> String {
        interval(low, high, told)
    }

    private static func interval(
        _ low: Double,
        _ high: Double,
        _ text: (Double) -> String
    ) -> String {
        let between = low < 0 || high < 0 ? " to " : "–"
        return text(low) + between + text(high)
    }

    /// `97.5 %`; a share that is not all never reads `100 %`, nor one above nothing `0 %`.
    package static func percent(_ share: Double?) -> String {
        guard let share else { return none }
        if share > 0.9995, share < 1 { return ">99.9 %" }
        if share < 0.0005, share > 0 { return "<0.1 %" }
        if share == 1 { return "100 %" }
        return String(format: "%.1f %%", 100 * share)
    }

    /// A p-value.
    package static func probability(_ value: Double) -> String {
        if value == 0 { return "<1e-300" }
        return value < 0.0001 ? String(format: "%.0e", value) : String(format: "%.4f", value)
    }

    /// `53 min`, `7.4 h`, `3.1 days`.
    package static func hours(_ hours: Double) -> String {
        switch abs(hours) {
        case ..<1: String(format: "%.0f min", 60 * hours)
        case ..<48: String(format: "%.1f h", hours)
        default: String(format: "%.1f days", hours / 24)
        }
    }
}
