import Contract
import Evaluation
import Presentation

extension PairsPage {
    package var page: Page {
        place.page(
            nil,
            title: "Where models differ on \(place.task.name)",
            now: address,
            content: """
                <h1>Where champion and shadow differ</h1>
                \(AsOf.line(pairs?.asOf ?? outline.present, isPinned: place.asOf != nil, here: address))
                \(pairs.map(body) ?? Missing.comparison(place.task, outline))
                """
        )
    }

    private var decides: Bool { place.task.kind.has(.threshold) }

    private func body(_ pairs: PairPage) -> HTML {
        let result = PairListResult(page: pairs)
        return """
            \(form(pairs))
            \(ForgottenLine.html(pairs.forgotten))
            <p>\(ApartText.summary(pairs.apart, place.task.kind)).</p>
            \(pairs.rows.isEmpty ? nothing(result) : table(result))
            """
    }

    private func form(_ pairs: PairPage) -> HTML {
        let models = outline.models.map { ($0.name.text, $0.name.text) }
        return ChoiceForm(action: root, asOf: place.asOf, asked: asked).html(
            choosing: ["champion", "shadow", "from", "to", "slice", "decided_differently"],
            [
                ChoiceForm.select(
                    "champion",
                    "Champion",
                    models,
                    chosen: pairs.champion.text
                ),
                ChoiceForm.select("shadow", "Shadow", models, chosen: pairs.shadow.text),
                ChoiceForm.date("from", "From", asked["from"]),
                ChoiceForm.date("to", "Before", asked["to"]),
                ChoiceForm.slices(outline.slices, chosen: asked["slice"]),
                decides
                    ? ChoiceForm.select(
                        "decided_differently",
                        "Requests",
                        [("", "All"), ("true", "Decided differently")],
                        chosen: pairs.query.decidedDifferently ? "true" : ""
                    ) : .empty,
            ]
        )
    }

    private func nothing(_ result: PairListResult) -> HTML {
        "<div class=\"empty\"><h2>Nothing to show</h2>\n<p>\(result.nothing)</p></div>"
    }

    private func table(_ result: PairListResult) -> HTML {
        let pairs = result.page
        let decisions: HTML = decides ? "<th scope=\"col\">Decisions</th>" : .empty
        return """
            <p class="soft">Farthest apart first. The gain is the champion’s \
            \(place.task.kind.cohortLoss.name) less the shadow’s: positive where the shadow is nearer.</p>
            <div class="scroll" role="region" aria-label="Requests" tabindex="0"><table>
            <thead><tr><th scope="col">Prediction</th><th scope="col">Made</th>\
            <th scope="col" class="n"><bdi>\(pairs.champion)</bdi></th>\
            <th scope="col" class="n"><bdi>\(pairs.shadow)</bdi></th>\
            <th scope="col" class="n">Apart</th>\(decisions)<th scope="col">Label</th>\
            <th scope="col" class="n">Gain</th><th scope="col">Nearer</th></tr></thead>
            <tbody>
            \(HTML(pairs.rows.map { row($0, result) }))
            </tbody></table></div>
            """
    }

    private func row(_ row: PairPage.Row, _ result: PairListResult) -> HTML {
        let pair = row.pair
        let differ: HTML =
            pair.isDecidedDifferently(of: place.task) == true ? "differ" : .empty
        let decisions: HTML = decides ? "<td>\(differ)</td>" : .empty
        return """
            <tr><th scope="row"><a href="\(place.prediction(row.predictionID).text)">\
            <bdi>\(row.predictionID)</bdi></a></th>\
            <td>\(OutcomeText.time(pair.anchor.prediction.predictedAt))</td>\
            \(OutcomeText.cell(pair.champion.score))\(OutcomeText.cell(pair.shadow.score))\
            \(OutcomeText.cell(pair.distance))\(decisions)\
            <td>\(OutcomeText.label(pair.anchor, place.task))</td>\
            \(OutcomeText.cell(pair.gain(of: place.task)))\
            <td><bdi>\(result.nearer(pair))</bdi></td></tr>
            """
    }
}
