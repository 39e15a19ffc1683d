package import Evaluation

extension UploadReport {
    /// Reads what `json` says.
    ///
    /// - Parameter json: Of a service; members that this version does not know are passed over.
    package init?(_ json: JSONValue) {
        guard case .string(let task)? = json["task"] else { return nil }
        func count(_ count: UploadCount) -> Int64 {
            if case .integer(let value)? = json[count.rawValue] { value } else { 0 }
        }
        self.init(task: Name(task))
        if case .integer(let id)? = json["upload"] { uploadID = id }
        counts = UploadCounts(count)
        if case .array(let values)? = json["contradicts"] {
            for value in values {
                guard case .integer(let upload)? = value["upload"],
                    case .integer(let rows)? = value["rows"]
                else { continue }
                contradicts[upload] = rows
            }
        }
        if case .array(let values)? = json["hints"] {
            hints = values.compactMap { if case .string(let text) = $0 { text } else { nil } }
        }
        isResend = json["resend"] == .bool(true)
        isDryRun = json["dry_run"] == .bool(true)
        isRefused = json["refused"] == .bool(true)
        if case .array(let values)? = json["rejects"] { rejects = values.map(Reject.init) }
    }
}

extension Reject {
    fileprivate init(_ json: JSONValue) {
        func text(_ name: String) -> String {
            if case .string(let value)? = json[name] { value } else { "" }
        }
        let line: Int64 = if case .integer(let value)? = json["line"] { value } else { 0 }
        self.init(
            line: line,
            field: text("field"),
            value: text("value"),
            reason: text("reason"),
            row: text("row"),
            file: text("file")
        )
    }
}
