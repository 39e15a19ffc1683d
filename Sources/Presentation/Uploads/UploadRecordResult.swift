package import Contract
package import Evaluation

/// One upload, with everything that was taken back of it.
package struct UploadRecordResult: Presentable {
    package var upload: UploadRecord

    package init(upload: UploadRecord) {
        self.upload = upload
    }

    private var isLabels: Bool { upload.entry.kind == .labels }

    package var document: Document {
        let entry = upload.entry
        var document = Document()
        document.heading("Upload \(entry.id), \(entry.kind.rawValue)")
        let last = entry.lastKnownAt.map { ", small writes up to \($0.iso8601)" } ?? ""
        document.terms([
            "known from": entry.knownAt.iso8601 + last, "tokens": UploadText.tokens(entry),
        ])
        document.table(UploadCountTable(counts: entry.counts, isLabels: isLabels).table)
        guard !upload.withdrawals.isEmpty else { return document }
        document.space()
        document.heading(upload.state == .withdrawn ? "Taken back" : "Taken back in part")
        for withdrawal in upload.withdrawals {
            let interval = UploadText.interval(withdrawal).map { ", \($0)" } ?? ""
            document.item(
                "\(withdrawal.withdrawnAt.iso8601) by \(withdrawal.author), "
                    + "\(NumberText.count(Int(withdrawal.rows), "row", "rows"))\(interval): "
                    + withdrawal.note
            )
        }
        return document
    }

    package var json: JSONValue { upload.json }

    /// A line for each withdrawal; one without any.
    package var csv: CSVTable {
        let names = Withdrawal.shape.columnNames
        var csv = CSVTable(UploadRecord.shape.columnNames + names.map { "withdrawal_\($0)" })
        let own = UploadRecord.shape.cells(upload)
        let nothing = [JSONValue](repeating: .null, count: names.count)
        csv.rows =
            upload.withdrawals.isEmpty
            ? [own + nothing] : upload.withdrawals.map { own + Withdrawal.shape.cells($0) }
        return csv
    }
}
