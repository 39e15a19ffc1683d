import ArgumentParser
import Evaluation
import Harness

/// The texts of options that are lists or pairs.
enum OptionTexts {
    /// The parts of `a,b,c`; none of an empty text.
    static func list(_ text: String) -> [String] {
        text.parts(separatedBy: ",").map { String($0).trimmed }.filter { !$0.isEmpty }
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
extension EvidenceUnitRule: ExpressibleByArgument {}
extension ModelRole: ExpressibleByArgument {}
extension ReportPeriod: ExpressibleByArgument {}
