import Contract
import Evaluation
import Presentation

extension RowsPage {
    package var page: Page {
        place.page(
            nil,
            title: "Predictions of \(place.task.name)",
            now: address,
            content: """
                <h1>Predictions of <bdi>\(place.task.name)</bdi></h1>
                \(AsOf.line(rows.asOf, isPinned: place.asOf != nil, here: address))
                \(form)
                \(ForgottenLine.html(rows.forgotten))
                \(rows.rows.isEmpty ? nothing : table)
                \(turning)
                """
        )
    }

    private var form: HTML {
        ChoiceForm(
            action: PageAddress(["tasks", place.task.name.text, "rows"]),
            asOf: place.asOf
        ).html([
            ChoiceForm.date("from", "From", choice.from),
            ChoiceForm.date("to", "Before", choice.to),
            ChoiceForm.select(
                "model",
                "Model",
                [("", "All models")] + outline.models.map { ($0.name.text, $0.name.text) },
                chosen: choice.model?.text ?? ""
            ),
            ChoiceForm.slices(outline.slices, chosen: choice.slice),
            ChoiceForm.select(
                "order",
                "Order",
                [("time", "By time"), ("worst", "Largest loss first")],
                chosen: choice.order.rawValue
            ),
        ])
    }

    private var nothing: HTML {
        """
        <div class="empty"><h2>No predictions here</h2>
        <p>None that stands was made in this interval, by this model and in this slice\
        \(choice.order == .worst ? ", and has its label" : "").</p></div>
        """
    }

    private var table: HTML {
        """
        <p class="soft">The loss of a prediction is its part of the \(place.task.kind.cohortLoss.name). \
        Labels may be <em>pending</em>, not due yet; <em>overdue</em>; or <em>implied</em> by the task's policy.</p>
        <div class="scroll" role="region" aria-label="Predictions" tabindex="0"><table>
        <thead><tr><th scope="col">Prediction</th><th scope="col">Made</th><th scope="col">Model</th>\
        <th scope="col" class="n">\(OutcomeText.score(place.task.kind))</th><th scope="col">Label</th>\
        <th scope="col">Known</th><th scope="col" class="n">Loss</th></tr></thead>
        <tbody>
        \(HTML(rows.rows.map(row)))
        </tbody></table></div>
        """
    }

    private func row(_ row: RowPage.Row) -> HTML {
        let prediction = row.row.prediction
        let known = row.row.revision.flatMap { $0.value == nil ? nil : $0.knownAt }
        return """
            <tr><th scope="row"><a href="\(place.prediction(row.predictionID).text)">\
            <bdi>\(row.predictionID)</bdi></a></th>\
            <td>\(OutcomeText.time(prediction.predictedAt))</td>\
            <td><bdi>\(row.model)</bdi> <span class="in">\(row.version)</span></td>\
            \(OutcomeText.cell(row.row.score))\
            <td>\(OutcomeText.label(row.row, place.task))</td>\
            <td>\(known.map(OutcomeText.time))</td>\
            \(OutcomeText.cell(row.row.loss))</tr>
            """
    }

    private var turning: HTML {
        guard let cursor else { return .empty }
        let pinned = place.asOf == nil ? address.with("as_of", rows.asOf.iso8601) : address
        return """
            <nav class="files" aria-label="More predictions">\
            <a href="\(pinned.with("cursor", cursor).text)">Next page</a></nav>
            """
    }
}

/// Outcomes of single predictions in words.
enum OutcomeText {
    static func score(_ kind: TaskKind) -> String { kind.has(.classes) ? "Score" : "Value" }

    static func time(_ instant: Instant) -> HTML {
        let text = instant.iso8601
        return "<time datetime=\"\(text)\">\(text.replacing("T", with: " "))</time>"
    }

    static func cell(_ value: Double?) -> HTML {
        guard let value else { return "<td class=\"n\">\(NumberText.none)</td>" }
        return """
            <td class="n" data-value="\(JSONValue(value).inline)">\(NumberText.number(value))</td>
            """
    }

    /// The label where there is one, else why there is none.
    static func label(_ row: StandingPrediction, _ task: PredictionTask) -> HTML {
        guard let label = row.label else {
            let isWithdrawn = row.revision != nil
            return """
                <span class="soft">\(row.status.rawValue)\(isWithdrawn ? ", withdrawn" : "")</span>
                """
        }
        let implied: HTML =
            row.status == .implied ? " <span class=\"in\">implied</span>" : .empty
        return "\(value(label, task))\(implied)"
    }

    /// The name of a class, or a number.
    static func value(_ label: Double, _ task: PredictionTask) -> HTML {
        guard !task.kind.has(.classes) else {
            let index = Int(label)
            let name = task.classes.indices.contains(index) ? task.classes[index] : "?"
            return "<bdi>\(name)</bdi>"
        }
        return """
            <span data-value="\(JSONValue(label).inline)">\(NumberText.number(label))</span>
            """
    }
}
