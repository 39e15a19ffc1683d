import Contract

/// What a command found, in each of the forms in which it can be asked for.
protocol CommandResult: Sendable {
    var document: Document { get }
    var json: JSONValue { get }
    var csv: CSVTable { get }
    /// The exit status that the result itself stands for.
    var status: ExitStatus { get }
    /// One line for standard error, where the status is a failure.
    var failure: String? { get }
}

extension CommandResult {
    var status: ExitStatus { .done }
    var failure: String? { nil }

    func text(_ format: OutputFormat, style: TextStyle) -> String {
        switch format {
        case .table: document.text(style: style)
        case .json: json.text + "\n"
        case .csv: csv.text
        }
    }
}

/// The form of a result.
enum OutputFormat: String, Sendable, CaseIterable {
    case table
    case json
    case csv
}
