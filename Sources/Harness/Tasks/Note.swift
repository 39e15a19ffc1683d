import Contract
import Evaluation

/// Why somebody did what others will ask about: a line that is kept and shown.
enum Note {
    /// The longest note, in characters.
    static let limit = 1_000

    /// - Throws: `HarnessError.invalidSetting` for what is no line, or too long a one.
    static func require(_ note: String) throws {
        let length = note.count
        let isPlain = !note.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x7F }
        guard !note.allSatisfy(\.isWhitespace), length <= limit, isPlain else {
            throw HarnessError.invalidSetting(
                name: "\(setting: "note")",
                value: length > limit ? "\(length) characters" : note,
                allowed: "a line of 1 to \(limit) characters that says why."
            )
        }
    }
}
