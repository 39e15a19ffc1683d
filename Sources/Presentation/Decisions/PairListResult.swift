package import Contract
package import Evaluation

/// The requests on which a champion and a shadow lie farthest apart.
package struct PairListResult: Presentable {
    package var page: PairPage

    package init(page: PairPage) {
        self.page = page
    }

    package var document: Document {
        var document = Document()
        document.heading(
            "\(page.task.name): where \(page.champion) (champion) and \(page.shadow) (shadow) are farthest apart, as "
                + "known at \(WindowText.present(page.asOf))" + ReplayText.ending(page.replay)
        )
        if let note = ForgottenNote.note(page.forgotten) { document.paragraph(note, .warning) }
        document.paragraph("\(ApartText.summary(page.apart, page.task.kind)).")
        guard !page.rows.isEmpty else {
            document.paragraph(nothing)
            return document
        }
        document.space()
        document.table(table)
        document.paragraph(legend, .faint)
        return document
    }

    /// Why there is no request to show.
    package var nothing: String {
        page.apart.requests > 0
            ? "Both decide alike on all of them."
            : "No request of this interval and slice was scored by both."
    }

    private var legend: String {
        let more = page.rows.count == page.query.limit ? "There may be more; see --limit. " : ""
        return "\(more)nearer: the model whose score is nearer to the label."
    }

    private var table: TextTable {
        let decides = page.task.kind.has(.threshold)
        var table = TextTable(
            [
                .left("prediction", repeated: true, limit: 30), .left("made"),
                .right(page.champion.text, limit: 16), .right(page.shadow.text, limit: 16),
                .right("apart"),
            ] + (decides ? [.left("decide")] : [])
                + [.left("label", limit: 24), .left("nearer", limit: 16)]
        )
        for row in page.rows {
            let pair = row.pair
            let cells =
                [
                    row.predictionID,
                    WindowText.present(pair.anchor.prediction.predictedAt),
                    score(pair.champion.score), score(pair.shadow.score), score(pair.distance),
                ]
                + (decides
                    ? [pair.isDecidedDifferently(of: page.task) == true ? "differ" : ""] : [])
                + [label(pair.anchor), nearer(pair)]
            table.add(cells.map { TextTable.Cell($0) })
        }
        return table
    }

    /// A score or a distance of scores.
    package func score(_ value: Double) -> String {
        NumberText.number(value, decimals: page.task.kind.has(.classes) ? 4 : nil)
    }

    private func label(_ row: StandingPrediction) -> String {
        guard let label = row.label else { return row.status.rawValue }
        let task = page.task
        let text =
            task.kind.has(.classes) && task.classes.indices.contains(Int(label))
            ? task.classes[Int(label)].text : NumberText.number(label)
        return row.status == .implied ? "\(text) implied" : text
    }

    /// The name of the model that is nearer to the outcome; a dash where that is unknown.
    package func nearer(_ pair: RequestPair) -> String {
        switch pair.nearer(of: page.task) {
        case .champion: page.champion.text
        case .shadow: page.shadow.text
        case .both: "both"
        case nil: NumberText.none
        }
    }

    package var json: JSONValue { page.json }

    package var csv: CSVTable { CSVTable(PairPage.pair, page.shown) }
}
