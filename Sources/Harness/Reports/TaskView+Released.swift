import Evaluation

extension TaskView {
    /// - Throws: `HarnessError.rowsReleased` where rows of an interval are no longer kept.
    func requireRows(of interval: Window) throws {
        guard let released, interval.lowerBound < released.rowsFrom else { return }
        throw HarnessError.rowsReleased(task: task.name, rowsFrom: released.rowsFrom.iso8601)
    }

    /// - Throws: `HarnessError.rowsReleased` where rows are no longer kept that were at the instant of the question.
    func requireRowsThen() throws {
        guard let released, rowsFromThen != released.rowsFrom else { return }
        throw HarnessError.rowsReleased(task: task.name, rowsFrom: released.rowsFrom.iso8601)
    }

    /// - Throws: `HarnessError.rowsReleased` where the stored cells cannot stand for rows that are no longer kept: the
    ///   interval cuts one of their time buckets, or is asked for as of an instant before the last of them became
    ///   known.
    func requireCells(of interval: Window) throws {
        guard let released, interval.lowerBound < released.rowsFrom else { return }
        // The time bucket in which the kept rows begin may have lost rows as well.
        let last = buckets.number(of: released.rowsFrom.previous)
        let end = buckets.end(ofNumber: last)
        let isCut = [interval.lowerBound, interval.upperBound].contains {
            $0 != .distantPast && $0 < end && buckets.start(of: $0) != $0
        }
        if isCut || asOf ?? .distantFuture < released.settledAt {
            try requireRows(of: interval)
        }
    }
}
