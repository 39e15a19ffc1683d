package import Contract
package import Evaluation

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
        document.table(table)
        if uploads.count == limit {
            document.paragraph("There may be more; see --limit.", .faint)
        }
        return document
    }

    /// Without the tokens where no upload came by one.
    private var table: TextTable {
        let hasTokens = uploads.contains { !$0.entry.tokenNames.isEmpty }
        var columns: [TextTable.Column] = [
            .right("id", repeated: true), .left("kind"), .left("known from"),
        ]
        if hasTokens { columns.append(.left("tokens", limit: 24)) }
        columns += [
            .right("received"), .right("accepted"), .right("conflict"), .right("rejected"),
            .left("taken back"),
        ]
        var table = TextTable(columns)
        for upload in uploads {
            let entry = upload.entry
            var texts = ["\(entry.id)", entry.kind.rawValue, WindowText.present(entry.knownAt)]
            if hasTokens { texts.append(UploadText.tokens(entry)) }
            texts += [
                entry.counts.received, entry.counts.accepted, entry.counts.conflict,
                entry.counts.rejected,
            ].map { NumberText.count($0) }
            table.add(
                texts.map { TextTable.Cell($0) }
                    + [TextTable.Cell(UploadText.takenBack(upload), .warning)]
            )
        }
        return table
    }

    package var json: JSONValue { AnswerShapes.uploadList.json((uploads, task.name)) }

    package var csv: CSVTable { CSVTable(UploadRecord.shape, uploads) }
}
