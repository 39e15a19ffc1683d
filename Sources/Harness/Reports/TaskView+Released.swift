import Evaluation

extension TaskView {
    /// - Throws: `HarnessError.rowsReleased` where rows of an interval are no longer kept.
    func requireRows(of interval: Window) throws {
        try require(keepsRows(of: interval))
    }

    /// - Throws: `HarnessError.rowsReleased` where rows are no longer kept that were at the instant of the question.
    func requireRowsThen() throws {
        try require(keepsRowsOfThen)
    }

    /// - Throws: `HarnessError.rowsReleased` where neither rows nor cells of an interval can say what was known.
    func requireCells(of interval: Window) throws {
        try require(keepsCells(of: interval))
    }

    /// What of an interval is still kept in rows, for answers that show rows alone.
    ///
    /// - Throws: `HarnessError.rowsReleased` where the interval names a time of which they are not.
    func keptPart(of interval: Window) throws -> Window {
        guard let rowsFrom = released?.rowsFrom else { return interval }
        if interval.from != nil || interval.upperBound <= rowsFrom {
            try requireRows(of: interval)
        } else {
            try requireRowsThen()
        }
        return interval.after(rowsFrom)
    }

    private func require(_ isKept: Bool) throws {
        guard !isKept, let released else { return }
        throw HarnessError.rowsReleased(task: task.name, rowsFrom: released.rowsFrom)
    }
}
