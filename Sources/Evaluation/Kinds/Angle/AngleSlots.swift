/// The slots of cells of angles, and of their pairs.
enum AngleSlots {
    static let unlabelled = 0
    static let labelled = 1

    static let error = 0
    static let squaredError = 1

    static let errorFirst = 0
    static let errorSecond = 1
    static let gainSquared = 2
}

extension CellLayout {
    static let angle = CellLayout(
        totals: TotalsShape(numbers: 2, addedSums: 2),
        pairTotals: TotalsShape(numbers: 2, addedSums: 3),
        edges: .magnitudes,
        fineSlots: MagnitudeEdges.starts.count,
        coarseSlots: MagnitudeEdges.starts.count
    )
}
