extension CohortCell {
    /// What a cohort would hold if it were frozen now, from a cell; what silence means is applied.
    ///
    /// Rows lie at the bins of the cell's histogram; sums of losses are exact.
    package init(restating cell: ModelCell, of task: PredictionTask) {
        self.init(kind: task.kind)
        task.kind.scoring.restate(cell, of: task, in: &self)
        losses.compact()
        scores.compact()
    }
}
