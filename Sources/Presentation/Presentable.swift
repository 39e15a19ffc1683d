package import Contract

/// What a command found, in each of the forms in which it can be asked for.
package protocol Presentable: Sendable {
    var document: Document { get }
    var json: JSONValue { get }
    var csv: CSVTable { get }
    /// The exit status that the result itself stands for.
    var status: ExitStatus { get }
    /// One line for standard error, where the status is a failure.
    var failure: String? { get }
    /// Said beside the answer, on a line each.
    var warnings: [String] { get }
}

extension Presentable {
    package var status: ExitStatus { .done }
    package var failure: String? { nil }
    package var warnings: [String] { [] }

    package func text(_ format: OutputFormat, style: TextStyle) -> String {
        switch format {
        case .table: document.text(style: style)
        case .json: json.text + "\n"
        case .csv: csv.text
        }
    }
}

/// The form of a result.
package enum OutputFormat: String, Sendable, CaseIterable {
    case table
    case json
    case csv
}
