package import Evaluation

extension AnswerShapes {
    /// Predictions with what is known of their outcomes; the cursor leads to the next page, if there is one.
    package static let rowPage = Shape<(page: RowPage, query: RowQuery, cursor: String?)>.object(
        "Predictions that stand, with what is known of their outcomes, a page at a time.",
        [
            .member("task", .task) { $0.page.task.name },
            .member("kind", .kind) { $0.page.task.kind },
            .member("as_of", .instant) { $0.page.asOf },
            .member("from", .orNull(.instant), "As it was asked for; null for all.") {
                $0.query.window.from
            },
            .member("to", .orNull(.instant)) { $0.query.window.to },
            .member("model", .orNull(.name)) { $0.query.model },
            .member("slice", .orNull(.text)) { $0.query.slice?.text },
            .member("order", .choice) { $0.page.order },
            .member("loss", .rowLoss, "What the loss of a prediction is.") { $0.page.task.kind },
            .member("rows", .list(of: standingPrediction)) { answer in
                answer.page.rows.map { ($0, answer.page.task) }
            },
            .nextCursor { $0.cursor },
            .forgotten { $0.page.forgotten },
            .replay { ($0.page.replay, $0.page.task) },
        ]
    )

    /// A row of a page.
    package static let standingPrediction = Shape<(row: RowPage.Row, task: PredictionTask)>.object(
        "A prediction that stands, with what is known of its outcome.",
        [
            .member("prediction_id", .sentence) { $0.row.predictionID },
            .member("predicted_at", .instant) { $0.row.row.prediction.predictedAt },
            .member("known_at", .instant) { $0.row.row.prediction.knownAt },
            .member("model", .name) { $0.row.model },
            .member("version", .name) { $0.row.version },
            .member("slices", .slices, "The slices that it belongs to, by key.") { $0.row.slices },
            .member("score", .number) { $0.row.row.score },
            .member("status", .choice, "How the report counts it.") { $0.row.row.status },
            .member("label", .outcome) { ($0.row.row.label, $0.task) },
            .member(
                "observed_at",
                .orNull(.instant),
                "When the label was true in the world; null where no label stands."
            ) { $0.row.row.observed?.observedAt },
            .member("label_known_at", .orNull(.instant), "When the label became known.") {
                $0.row.row.observed?.knownAt
            },
            .member("loss", .orNull(.size), "null where the outcome is unknown.") {
                $0.row.row.loss
            },
        ]
    ).named("standing_prediction")
}

extension RowPage {
    /// The answer to a question; the cursor leads to the next page, if there is one.
    package func json(_ query: RowQuery, cursor: String?) -> JSONValue {
        AnswerShapes.rowPage.json((self, query, cursor))
    }
}

extension StandingPrediction {
    /// The revision that gives the label; one that withdraws gives none.
    fileprivate var observed: LabelRevision? { revision?.value == nil ? nil : revision }
}
