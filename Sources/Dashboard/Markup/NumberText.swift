import Foundation

/// Numbers as pages show them.
enum NumberText {
    static let none = "–"

    static func count(_ value: Int) -> String {
        let digits = String(value.magnitude)
        var text = ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index) % 3 == 0 { text += "," }
            text.append(digit)
        }
        return (value < 0 ? "-" : "") + text
    }

    static func decimals(_ value: Double) -> Int {
        switch abs(value) {
        case 0.1..<10, 0: 3
        case 10..<100: 2
        case 100..<1000: 1
        case 1000...: 0
        default: 4
        }
    }

    static func number(_ value: Double, decimals: Int? = nil) -> String {
        guard value.isFinite else { return none }
        let size = abs(value)
        if size != 0, size < 0.00005 || size >= 1e9 { return String(format: "%.2e", value) }
        return String(format: "%.\(decimals ?? Self.decimals(value))f", value)
    }

    static func percent(_ share: Double?) -> String {
        guard let share else { return none }
        if share > 0.9995, share < 1 { return ">99.9 %" }
        if share < 0.0005, share > 0 { return "<0.1 %" }
        if share == 1 { return "100 %" }
        return String(format: "%.1f %%", 100 * share)
    }
}
