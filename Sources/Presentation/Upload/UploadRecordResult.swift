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
        let own = upload.csvMembers.filter { $0.name != "withdrawn_at" }
        let nothing = Withdrawal(uploadID: 0, withdrawnAt: .distantPast, author: "", note: "")
        let names = nothing.json.memberNames
        var csv = CSVTable(
            own.map(\.name)
                + names.map { $0 == "withdrawn_at" ? $0 : "withdrawal_\($0)" }
        )
        let withdrawals = upload.withdrawals.map(\.json)
        csv.rows = (withdrawals.isEmpty ? [.object([])] : withdrawals).map { withdrawal in
            own.map(\.value) + names.map { withdrawal[$0] ?? .null }
        }
        return csv
    }
}
