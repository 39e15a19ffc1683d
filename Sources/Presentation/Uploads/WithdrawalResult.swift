package import Contract
package import Evaluation

/// What was taken back, what that means for later answers and for earlier ones, and what to do next.
package struct WithdrawalResult: Presentable {
    package var report: WithdrawalReport

    package init(report: WithdrawalReport) {
        self.report = report
    }

    private var taken: [WithdrawnUpload] { report.uploads.filter(\.isNew) }

    package var document: Document {
        var document = Document()
        for upload in report.uploads { document.paragraph(Self.title(upload)) }
        if !taken.isEmpty {
            document.paragraph(
                "From \(report.withdrawnAt.iso8601) on they do not count, as if they had never come. As of an "
                    + "earlier instant they still do, so answers of before can be asked for again with --as-of."
            )
        }
        let stayed = report.uploads.reduce(0) { $0 + ($1.stayed ?? 0) }
        if stayed > 0 {
            document.paragraph(
                "\(NumberText.count(Int(stayed), "row stays", "rows stay")) counted: what is no longer held as "
                    + "rows cannot be taken out of sums.",
                .warning
            )
        }
        let late = taken.reduce(0) { $0 + $1.late }
        if late > 0 {
            document.paragraph(
                "\(NumberText.count(late, "request lies", "requests lie")) in days whose evidence is fixed: there "
                    + "compare and recommend go on with what was known when the days matured, and say where it "
                    + "differs.",
                .warning
            )
        }
        for line in next { document.paragraph(line, .faint) }
        return document
    }

    private static func title(_ upload: WithdrawnUpload) -> String {
        let withdrawal = upload.withdrawal
        guard upload.isNew else {
            return "Upload \(upload.entry.id) was taken back already, at "
                + "\(withdrawal.withdrawnAt.iso8601) by \(withdrawal.author): \(withdrawal.note). "
                + "Nothing was changed."
        }
        let rows = UploadText.rows(withdrawal.rows, of: upload.entry.kind)
        let interval = UploadText.interval(withdrawal).map { ", \($0)" } ?? ""
        return "Took back \(rows) of upload \(upload.entry.id)\(interval)."
    }

    /// The commands that send what is right.
    private var next: [String] {
        var kinds: [UploadKind] = []
        for upload in taken where !kinds.contains(upload.entry.kind) {
            kinds.append(upload.entry.kind)
        }
        return kinds.map(\.rawValue).map {
            "If the right \($0) are not there yet, send them: gnomon \($0) upload --task "
                + "\(report.task) FILE"
        }
    }

    package var json: JSONValue { report.json }

    package var csv: CSVTable {
        var csv = CSVTable(
            WithdrawnUpload.shape.columnNames + Withdrawal.shape.columnNames
        )
        csv.rows = report.uploads.map { upload in
            WithdrawnUpload.shape.cells(upload) + Withdrawal.shape.cells(upload.withdrawal)
        }
        return csv
    }
}
