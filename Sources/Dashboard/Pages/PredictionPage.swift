import Contract
package import Evaluation
import Presentation

/// Everything that is known of one prediction id.
package struct PredictionPage: Sendable {
    package var place: TaskPlace
    package var record: PredictionRecord

    package init(place: TaskPlace, record: PredictionRecord) {
        self.place = place
        self.record = record
    }

    package var page: Page {
        let address = place.prediction(record.predictionID)
        return place.page(
            nil,
            title: "\(record.predictionID) of \(place.task.name)",
            now: address,
            content: """
                <h1 class="id"><bdi>\(record.predictionID)</bdi></h1>
                \(AsOf.line(record.asOf, isPinned: place.asOf != nil, here: address))
                <h2>What was predicted</h2>
                \(record.predictions.isEmpty ? noPrediction : predictions)
                <h2>What came true</h2>
                \(record.labels.isEmpty ? noLabel : labels)
                """
        )
    }

    // MARK: - Predictions

    private var noPrediction: HTML {
        "<p>No prediction has come for this id. Its label waits, and joins the moment that one comes.</p>"
    }

    private var predictions: HTML {
        """
        <p class="soft">Of each model the earliest prediction stands. The loss is its part of the \
        \(place.task.kind.cohortLoss.name).</p>
        <div class="scroll" role="region" aria-label="Predictions" tabindex="0"><table>
        <thead><tr><th scope="col">Model</th><th scope="col" class="n">\
        \(OutcomeText.score(place.task.kind))</th><th scope="col">Made</th>\
        <th scope="col">Known since</th><th scope="col">Stands</th><th scope="col">Outcome</th>\
        <th scope="col" class="n">Loss</th><th scope="col">Slices and details</th></tr></thead>
        <tbody>
        \(HTML(record.predictions.map(row)))
        </tbody></table></div>
        """
    }

    private func row(_ prediction: PredictionRecord.Prediction) -> HTML {
        let slices = prediction.slices.map(\.text)
        let details = ([prediction.prediction.details] + slices).filter { !$0.isEmpty }
        return """
            <tr><th scope="row"><bdi>\(prediction.model)</bdi> \
            <span class="in">\(prediction.version)</span></th>\
            \(OutcomeText.cell(prediction.score))\
            <td>\(OutcomeText.time(prediction.prediction.predictedAt))</td>\
            <td>\(OutcomeText.time(prediction.prediction.knownAt))</td>\
            <td>\(prediction.standing == nil ? "no" : "yes")</td>\
            <td>\(prediction.standing.map { OutcomeText.label($0, place.task) })</td>\
            \(OutcomeText.cell(prediction.standing?.loss))\
            <td><bdi>\(details.sorted().joined(separator: ", "))</bdi></td></tr>
            """
    }

    // MARK: - Labels

    private var noLabel: HTML { "<p>No label has come for this id.</p>" }

    private var labels: HTML {
        """
        <p class="soft">Every revision of the label. The newest observation decides; of several the most \
        trusted source, and then what became known last.</p>
        <div class="scroll" role="region" aria-label="Labels" tabindex="0"><table>
        <thead><tr><th scope="col">Label</th><th scope="col">Observed</th>\
        <th scope="col">Known since</th><th scope="col">Source</th>\
        <th scope="col" class="n">Upload</th><th scope="col">Decides</th></tr></thead>
        <tbody>
        \(HTML(record.labels.map(row)))
        </tbody></table></div>
        """
    }

    private func row(_ label: PredictionRecord.Label) -> HTML {
        """
        <tr><th scope="row">\
        \(label.revision.value.map { OutcomeText.value($0, place.task) } ?? "withdrawn")</th>\
        <td>\(OutcomeText.time(label.revision.observedAt))</td>\
        <td>\(OutcomeText.time(label.revision.knownAt))</td>\
        <td><bdi>\(label.source)</bdi></td>\
        <td class="n" data-value="\(Int(label.uploadID))">\(Int(label.uploadID))</td>\
        <td>\(label.stands ? "yes" : "no")</td></tr>
        """
    }
}
