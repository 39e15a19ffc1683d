/// What the slots of a cell are.
///
/// A cell has totals (counts, and sums: of losses in `FixedPoint.lossUnits`, or exact ones) and a sparse histogram;
/// adding and taking back never looks at the meaning, so one mechanism serves all kinds of task.
package struct CellLayout: Sendable, Equatable {
    let totals: TotalsShape
    let pairTotals: TotalsShape
    /// The table of edges that the histogram goes by.
    let edges: HistogramEdges
    let fineSlots: Int
    /// Of the histograms of slices.
    let coarseSlots: Int

    /// No rows.
    func histogram(fine: Bool) -> SparseHistogram {
        SparseHistogram(slotCount: fine ? fineSlots : coarseSlots, edges: edges)
    }
}

extension CellLayout {
    package init(kind: TaskKind) { self = kind.scoring.layout }
}
