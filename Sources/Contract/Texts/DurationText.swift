/// Durations as options give them: `90s`, `15m`, `6h`, `60d`.
package enum DurationText {
    private static let units: [(letter: Character, seconds: Int64)] = [
        ("d", 86_400), ("h", 3600), ("m", 60), ("s", 1),
    ]

    /// The longest duration, a hundred years: more is a slip of the pen.
    private static let limit: Int64 = 36_525 * 86_400

    /// - Parameter text: A whole number above 0 and a unit.
    /// - Returns: Seconds.
    /// - Throws: `TextError` that says what is allowed.
    package static func seconds(_ text: String) throws -> Int64 {
        guard let last = text.last, let unit = units.first(where: { $0.letter == last }),
            let number = Int64(text.dropLast()), number > 0,
            !text.hasPrefix("+"), number <= limit / unit.seconds
        else {
            throw TextError(
                "Write a whole number and s, m, h or d, such as 90s, "
                    + "15m, 6h or 60d."
            )
        }
        return number * unit.seconds
    }

    /// The shortest text of a duration.
    package static func text(_ seconds: Int64) -> String {
        for unit in units where seconds % unit.seconds == 0 {
            return "\(seconds / unit.seconds)\(unit.letter)"
        }
        return "\(seconds)s"
    }
}
