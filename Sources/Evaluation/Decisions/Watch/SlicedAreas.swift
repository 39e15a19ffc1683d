import Statistics

/// How well scores tell classes apart within blocks: over all rows, and slice by slice.
///
/// Where the share of easy and hard cases moves, the area over all rows moves truly, and that of the slices that tell them apart
/// does not.
struct SlicedAreas: Sendable {
    /// Of one block.
    struct Block: Sendable {
        let all: WithinBlockArea.Block
        let bySlice: [Slice: WithinBlockArea.Block]

        /// - Parameters:
        ///   - block: With its slices.
        ///   - slices: Their names by number.
        init(_ block: WatchedBlock, slices: [Int32: Slice]) {
            all = block.area
            var bySlice: [Slice: WithinBlockArea.Block] = [:]
            for (number, evidence) in block.day.cell.slices {
                if let slice = slices[number] { bySlice[slice] = evidence.area }
            }
            self.bySlice = bySlice
        }
    }

    /// A key tells nothing where its slices keep less than this share of the evidence of all rows.
    private static let leastWeight = 0.5

    private var all = WithinBlockArea()
    private var bySlice: [Slice: WithinBlockArea] = [:]

    init(_ blocks: some Sequence<Block> = []) {
        for block in blocks { add(block) }
    }

    mutating func add(_ block: Block) {
        all.add(block.all)
        for (slice, area) in block.bySlice { bySlice[slice, default: WithinBlockArea()].add(area) }
    }

    /// How surely the classes are told less well apart than in a baseline, over all rows and within the slices of each key:
    /// the least of them, in standard errors.
    ///
    /// Of the slices of a key it is that of their mean fall, each with the weight w·w'/(w + w') of its areas before and now,
    /// so that it does not move with the share of a slice.
    func loss(since baseline: SlicedAreas, beyond share: Double) -> Double? {
        guard var least = all.loss(since: baseline.all, beyond: share) else { return nil }
        let slices = bySlice.keys.filter { baseline.bySlice[$0] != nil }
        for (_, slices) in Dictionary(grouping: slices, by: \.key) {
            if let loss = loss(within: slices.sorted(), since: baseline, beyond: share) {
                least = min(least, loss)
            }
        }
        return least
    }

    private func loss(
        within slices: [Slice],
        since baseline: SlicedAreas,
        beyond share: Double
    ) -> Double? {
        var (weightNow, weightBefore, difference, variance) = (0.0, 0.0, 0.0, 0.0)
        for slice in slices {
            guard let now = bySlice[slice], let before = baseline.bySlice[slice],
                let fall = now.fall(since: before, beyond: share)
            else { continue }
            let weight = now.weight * before.weight / (now.weight + before.weight)
            weightNow += now.weight
            weightBefore += before.weight
            difference += weight * fall.difference
            variance += weight * weight * fall.error * fall.error
        }
        guard weightNow >= Self.leastWeight * all.weight,
            weightBefore >= Self.leastWeight * baseline.all.weight
        else { return nil }
        return difference == 0 ? 0 : difference / variance.squareRoot()
    }
}
