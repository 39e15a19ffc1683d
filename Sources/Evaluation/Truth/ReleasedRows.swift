/// The rows that a task has let go of; its cells and cohorts still count them.
package struct ReleasedRows: Sendable, Equatable {
    /// Rows of predictions that were made before are gone, with their labels.
    package var rowsFrom: Instant
    /// When the last of the released rows became known.
    ///
    /// What they added to the cells has been the same since, so that from this instant on the stored cells say
    /// what the rows would.
    package var settledAt: Instant

    package init(rowsFrom: Instant, settledAt: Instant) {
        self.rowsFrom = rowsFrom
        self.settledAt = settledAt
    }
}
