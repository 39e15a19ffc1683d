import Foundation

/// Numbers as sentences show them.
package enum Text {
    /// Four significant digits, without an exponent where that reads well.
    package static func number(_ value: Double) -> String {
        guard value.isFinite else { return "\(value)" }
        let magnitude = abs(value)
        if magnitude != 0, magnitude < 1e-4 || magnitude >= 1e7 {
            return String(format: "%.3e", value)
        }
        let decimals = magnitude == 0 ? 4 : max(0, min(8, 3 - Int(log10(magnitude).rounded(.down))))
        return String(format: "%.\(decimals)f", value)
    }

    package static func percent(_ share: Double) -> String {
        String(format: "%.1f %%", 100 * share)
    }

    /// `54,316`.
    package static func whole(_ value: Int) -> String {
        let digits = String(value.magnitude)
        var text = ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index) % 3 == 0 { text += "," }
            text.append(digit)
        }
        return (value < 0 ? "-" : "") + text
    }

    /// A number of things, with the word for one or for several: `1 cell`, `54,316 cells`.
    package static func count(_ count: Int, _ one: String, _ several: String) -> String {
        "\(whole(count)) \(count == 1 ? one : several)"
    }

    /// About how long a wait is: `12 days`, `6 years`.
    package static func wait(days: Int) -> String {
        days < 2 * 365
            ? count(days, "day", "days")
            : "\(whole(Int((Double(days) / 365).rounded()))) years"
    }

    /// With its sign, plus included; 0 has none.
    package static func signed(_ value: Double) -> String {
        value == 0 ? number(0) : (value < 0 ? "" : "+") + number(value)
    }

    /// Seconds in the largest unit that divides them, as durations are typed: `7d`, `12h`, `90s`.
    package static func duration(_ seconds: Int64) -> String {
        for (unit, name) in [(86_400, "d"), (3600, "h"), (60, "m")] as [(Int64, String)]
        where seconds != 0 && seconds % unit == 0 {
            return "\(seconds / unit)\(name)"
        }
        return "\(seconds)s"
    }
}
