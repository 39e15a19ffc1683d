/// What can still be said where rows are no longer kept.
extension TaskView {
    /// Whether an end of an interval lies within a time bucket.
    package func cutsBucket(_ interval: Window) -> Bool {
        cutsBucket(interval, before: .distantFuture)
    }

    /// Whether all rows of an interval are kept.
    package func keepsRows(of interval: Window) -> Bool {
        released.map { interval.lowerBound >= $0.rowsFrom } ?? true
    }

    /// Whether all rows are kept that were at the instant of the question.
    package var keepsRowsOfThen: Bool {
        released.map { rowsFromThen == $0.rowsFrom } ?? true
    }

    /// Whether the stored cells can stand for the rows of an interval that are no longer kept.
    ///
    /// They cannot where the interval cuts one of their time buckets, or is asked for as of an instant before the last
    /// of them became known.
    package func keepsCells(of interval: Window) -> Bool {
        guard let released, !keepsRows(of: interval) else { return true }
        // The time bucket in which the kept rows begin may have lost rows as well.
        let last = buckets.number(of: released.rowsFrom.previous)
        return !cutsBucket(interval, before: buckets.end(ofNumber: last))
            && asOf ?? .distantFuture >= released.settledAt
    }

    private func cutsBucket(_ interval: Window, before end: Instant) -> Bool {
        [interval.lowerBound, interval.upperBound].contains {
            $0 != .distantPast && $0 < end && buckets.start(of: $0) != $0
        }
    }
}
