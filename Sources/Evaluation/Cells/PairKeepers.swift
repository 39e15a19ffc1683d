/// The models of which every pair with another model is kept in cells and cohorts.
package struct PairKeepers: Sendable, Equatable {
    /// From where in the time of predictions, by model.
    ///
    /// Rows of time buckets that begin earlier were gone when the model was recorded; `distantPast` where none were.
    private var rowsFrom: [Int32: Instant]

    package init(_ rowsFrom: [Int32: Instant] = [:]) {
        self.rowsFrom = rowsFrom
    }

    package var models: Set<Int32> { Set(rowsFrom.keys) }

    package var isEmpty: Bool { rowsFrom.isEmpty }

    package func contains(_ model: Int32) -> Bool { rowsFrom[model] != nil }

    /// The start of the first time bucket of which a pair is known.
    ///
    /// - Returns: `nil` where neither model keeps its pairs.
    package func known(_ model: Int32, _ other: Int32) -> Instant? {
        guard let one = rowsFrom[model], let two = rowsFrom[other] else {
            return rowsFrom[model] ?? rowsFrom[other]
        }
        return min(one, two)
    }
}
