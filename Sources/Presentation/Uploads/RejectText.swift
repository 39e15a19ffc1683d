package import Evaluation

/// Rejected rows as texts.
package enum RejectText {
    package static func document(_ rejects: [Reject]) -> Document {
        var document = Document()
        for reject in rejects { document.item(line(reject)) }
        return document
    }

    /// One reject on a line, such as `flights.csv, line 17, score "1,2": a score is …`.
    private static func line(_ reject: Reject) -> String {
        var place = reject.file.isEmpty ? [] : [reject.file]
        place.append("line \(reject.line)")
        if !reject.field.isEmpty {
            place.append("\(reject.field) \"\(TextTable.cut(reject.value, 60))\"")
        }
        return place.joined(separator: ", ") + ": " + reject.reason
    }
}
