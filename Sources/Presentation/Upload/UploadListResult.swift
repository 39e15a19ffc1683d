package import Contract
package import Evaluation
package import Harness
import Store

/// The uploads of a task, the newest first.
package struct UploadListResult: Presentable {
    package var task: PredictionTask
    package var uploads: [UploadRecord]
    package var limit: Int

    package init(task: PredictionTask, uploads: [UploadRecord], limit: Int) {
        self.task = task
        self.uploads = uploads
        self.limit = limit
    }

    package var document: Document {
        var document = Document()
        guard !uploads.isEmpty else {
            document.paragraph("Nothing was uploaded to task \(task.name).")
            return document
        }
        var table = TextTable([
            .right("upload", repeated: true), .left("kind"), .left("known from"),
            .left("tokens", limit: 24), .right("received"), .right("accepted"), .right("conflict"),
            .right("rejected"), .left("taken back"),
        ])
        for upload in uploads {
            let counts = upload.entry.counts
            table.add(
                [
                    "\(upload.entry.id)", upload.entry.kind,
                    WindowText.present(upload.entry.knownAt), UploadText.tokens(upload.entry),
                    NumberText.count(counts.received), NumberText.count(counts.accepted),
                    NumberText.count(counts.conflict), NumberText.count(counts.rejected),
                ].map { TextTable.Cell($0) }
                    + [TextTable.Cell(UploadText.takenBack(upload), .warning)]
            )
        }
        document.table(table)
        if uploads.count == limit {
            document.paragraph("There may be more; see --limit.", .faint)
        }
        return document
    }

    package var json: JSONValue { .uploads(uploads, of: task.name) }

    package var csv: CSVTable {
        // So that the names are there without an upload.
        let nothing = UploadEntry(id: 0, kind: "", knownAt: .distantPast)
        let names = UploadRecord(entry: nothing).csvMembers.map(\.name)
        var csv = CSVTable(names)
        csv.rows = uploads.map { $0.csvMembers.map(\.value) }
        return csv
    }
}

extension UploadRecord {
    /// All that has one value.
    var csvMembers: [JSONValue.Member] {
        guard case .object(let members) = json else { return [] }
        return members.filter { $0.name != "withdrawals" }.map {
            JSONValue.Member(name: $0.name, value: $0.value.joined)
        }
    }
}
