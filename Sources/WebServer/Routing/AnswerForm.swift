import HTTPTypes
package import Presentation

/// The form in which an answer is given, as the header field `Accept` asks for it.
package enum AnswerForm: Sendable, Equatable {
    case json
    /// The text of the command line.
    case text
    case csv
    case svg
    /// What the command line writes and how it ends, for a command line elsewhere.
    case output(OutputFormat, hasEmphasis: Bool)

    static let outputType = "application/vnd.gnomon.output+json"

    /// The form that is preferred among those that there are; JSON where none is asked for.
    package init(accept: String?) {
        var best: (form: AnswerForm, quality: Double)?
        for range in (accept ?? "").split(separator: ",") {
            let parts = range.split(separator: ";").map(Self.trimmed)
            var parameters: [String: String] = [:]
            for part in parts.dropFirst() {
                let pair = part.split(separator: "=", maxSplits: 1).map(Self.trimmed)
                if pair.count == 2 { parameters[pair[0].lowercased()] = pair[1] }
            }
            let quality = parameters["q"].flatMap(Double.init) ?? 1
            guard let form = Self.form(parts.first ?? "", parameters), quality > 0,
                quality > best?.quality ?? 0
            else { continue }
            best = (form, quality)
        }
        self = best?.form ?? .json
    }

    private static func form(_ type: String, _ parameters: [String: String]) -> AnswerForm? {
        switch type.lowercased() {
        case "application/json", "application/*", "*/*": .json
        case "text/plain": .text
        case "text/csv": .csv
        case "image/svg+xml": .svg
        case outputType:
            .output(
                parameters["format"].flatMap(OutputFormat.init) ?? .table,
                hasEmphasis: parameters["emphasis"] == "on"
            )
        default: nil
        }
    }

    private static func trimmed(_ text: Substring) -> String {
        String(text.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }

    /// Whether a command line elsewhere reads it.
    var isOutput: Bool {
        if case .output = self { true } else { false }
    }

    /// Whether a person reads it, who wants less of it.
    package var isTable: Bool {
        switch self {
        case .text, .output(.table, _): true
        default: false
        }
    }
}

extension Call {
    package var form: AnswerForm { AnswerForm(accept: header(.accept)) }
}
