/// The unit of evidence about one model: a day of its predictions as known at an age, or several days where they
/// hold few rows.
package struct EvidenceDay: Sendable, Equatable {
    package var start: Instant
    package var end: Instant
    /// When the day had reached the age.
    package var knownAt: Instant
    package var cell: CohortCell
    /// The cells of the versions of the model that predicted.
    package var cells: [Int32: CohortCell]
    /// How many days it holds.
    package var dayCount = 1

    package var versions: Set<Int32> { Set(cells.keys) }

    package init(
        start: Instant,
        end: Instant,
        knownAt: Instant,
        cell: CohortCell,
        cells: [Int32: CohortCell] = [:]
    ) {
        self.start = start
        self.end = end
        self.knownAt = knownAt
        self.cell = cell
        self.cells = cells
    }

    /// What one version predicted; `nil` where it did not.
    func only(_ version: Int32) -> EvidenceDay? {
        guard let cell = cells[version] else { return nil }
        var day = self
        (day.cell, day.cells) = (cell, [version: cell])
        return day
    }

    /// The days of a model at an age, in event order; days without its predictions are left out.
    ///
    /// Its versions are added up in the order in which they are given.
    package static func days(
        _ cohorts: [FrozenCohort],
        age: Int64,
        versions: [Int32],
        task: PredictionTask,
        buckets: TimeBuckets
    ) -> [EvidenceDay] {
        let empty = CohortCell(kind: task.kind)
        return LocalDay.group(cohorts, age: age, buckets).compactMap { day, cohorts in
            var evidence = EvidenceDay(
                start: day.start,
                end: day.end,
                knownAt: day.knownAt,
                cell: empty
            )
            for cohort in cohorts {
                for version in versions {
                    guard let cell = cohort.cells[version] else { continue }
                    evidence.cell.add(cell)
                    evidence.cells[version, default: empty].add(cell)
                }
            }
            return evidence.cell.predictions > 0 ? evidence : nil
        }
    }
}

/// Takes consecutive days together until they hold enough labelled rows: the overdispersion that tempers the
/// evidence shows only within blocks of several rows.
package struct EvidenceBlocks: Sendable {
    /// The fewest labelled predictions of a block.
    static let leastRows = 7

    package private(set) var closed: [EvidenceDay] = []
    /// Waits for more rows.
    private var open: EvidenceDay?

    package init(_ days: [EvidenceDay] = []) {
        for day in days { add(day) }
    }

    /// - Returns: The block that the day completed.
    @discardableResult
    mutating func add(_ day: EvidenceDay) -> EvidenceDay? {
        guard day.cell.labelled > 0 else { return nil }
        var block = open ?? day
        if open != nil {
            block.cell.add(day.cell)
            block.end = day.end
            block.knownAt = day.knownAt
            block.cells.merge(day.cells) { $0.adding($1) }
            block.dayCount += day.dayCount
        }
        guard block.cell.labelled >= Self.leastRows else {
            open = block
            return nil
        }
        open = nil
        closed.append(block)
        return block
    }
}
