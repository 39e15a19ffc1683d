import ArgumentParser
import Evaluation
import Harness

/// The texts of options that are lists or pairs.
enum OptionTexts {
    /// The parts of `a,b,c`; none of an empty text.
    static func list(_ text: String) -> [String] {
        text.split(separator: ",").map { String($0).trimmed }.filter { !$0.isEmpty }
    }

    /// - Parameter text: `country=DE`.
    /// - Returns: The slice.
    /// - Throws: `ValidationError` that says what is allowed.
    static func slice(_ text: String) throws -> SliceName {
        guard let equals = text.firstIndex(of: "="), equals != text.startIndex else {
            throw ValidationError(
                "Write its key and value, such as country=DE."
            )
        }
        return SliceName(
            key: String(text[..<equals]),
            value: String(text[text.index(after: equals)...])
        )
    }

    /// - Parameter text: `28d`.
    /// - Returns: The width.
    /// - Throws: `ValidationError` that says what is allowed.
    static func partition(_ text: String) throws -> PartitionDays {
        guard text.hasSuffix("d"), let days = Int16(text.dropLast()),
            let partition = PartitionDays(rawValue: days)
        else { throw ValidationError("A partition is 7d, 28d or 364d wide.") }
        return partition
    }
}

extension String {
    /// The text without spaces at its ends.
    var trimmed: String {
        var rest = Substring(self)
        while rest.first == " " { rest.removeFirst() }
        while rest.last == " " { rest.removeLast() }
        return String(rest)
    }
}

extension TaskKind: ExpressibleByArgument {}
extension LabelPolicy: ExpressibleByArgument {}
extension TimeBucketSize: ExpressibleByArgument {}
extension EvidenceUnit: ExpressibleByArgument {}
extension ModelRole: ExpressibleByArgument {}
extension ReportPeriod: ExpressibleByArgument {}
