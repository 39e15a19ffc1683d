/// The unit of evidence about one model: a day of its predictions as known at an age, or several days where they
/// hold few rows.
package struct EvidenceDay: Sendable, Equatable {
    package var start: Instant
    package var end: Instant
    /// When the day had reached the age.
    package var knownAt: Instant
    package var cell: CohortCell
    /// The versions of the model that predicted.
    package var versions: Set<Int32>

    package init(
        start: Instant,
        end: Instant,
        knownAt: Instant,
        cell: CohortCell,
        versions: Set<Int32> = []
    ) {
        self.start = start
        self.end = end
        self.knownAt = knownAt
        self.cell = cell
        self.versions = versions
    }

    /// The days of a model at an age, in event order; days without its predictions are left out.
    package static func days(
        _ cohorts: [FrozenCohort],
        age: Int64,
        versions: Set<Int32>,
        task: PredictionTask,
        buckets: TimeBuckets
    ) -> [EvidenceDay] {
        LocalDay.group(cohorts, age: age, buckets).compactMap { day, cohorts in
            var evidence = EvidenceDay(
                start: day.start,
                end: day.end,
                knownAt: day.knownAt,
                cell: CohortCell(kind: task.kind)
            )
            for cohort in cohorts {
                for (version, cell) in cohort.cells where versions.contains(version) {
                    evidence.cell.add(cell)
                    evidence.versions.insert(version)
                }
            }
            return evidence.cell.predictions > 0 ? evidence : nil
        }
    }
}

/// Takes consecutive days together until they hold enough labelled rows: the overdispersion that tempers the
/// evidence shows only within blocks of several rows.
struct EvidenceBlocks: Sendable {
    /// The fewest labelled predictions of a block.
    static let leastRows = 7

    private(set) var closed: [EvidenceDay] = []
    /// Waits for more rows.
    private var open: EvidenceDay?

    init(_ days: [EvidenceDay] = []) {
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
            block.versions.formUnion(day.versions)
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
