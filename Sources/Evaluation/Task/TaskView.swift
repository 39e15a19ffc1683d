/// What every question about a task starts from, as it was at the instant that it is about: settings, names, roles.
///
/// `Question` of `Harness` reads it, and nothing else makes one.
package struct TaskView: Sendable {
    /// With the settings that were in force.
    package let task: PredictionTask
    package let settings: SettingsOrigin
    package let createdAt: Instant
    /// The names behind all rows, also behind those that became known later.
    package let dictionary: TaskDictionary
    package let buckets: TimeBuckets
    /// The names of the models that were known, in order.
    package let models: [Name]
    /// The slices that were known.
    package let slices: Set<Int32>
    package let roles: ModelRoles
    /// Where nobody was the champion then: who was the next, and since when.
    package var nextChampion: RoleChange?
    /// The instant at which maturity is judged: the as-of instant, or that of the question.
    package let present: Instant
    /// The instant that was asked for, `nil` for now.
    package let asOf: Instant?
    /// The rows that are no longer kept.
    package let released: ReleasedRows?
    /// Where the rows began that were kept then.
    package let rowsFromThen: Instant?
    /// The as-of instant where uploads have been withdrawn since: the rows of then are not those of now.
    package let past: Instant?
    /// What stands behind an answer that rests on the ledger of cohorts; `nil` for others.
    package let ledger: LedgerStanding?

    /// - Parameters:
    ///   - task: With the settings that were in force.
    ///   - settings: Which those are.
    ///   - createdAt: When the task was created.
    ///   - dictionary: The names behind all rows.
    ///   - models: Those that were known, in order.
    ///   - slices: Those that were known.
    ///   - roleHistory: Recorded roles, oldest first.
    ///   - present: The as-of instant, or one by which all that is known has been committed.
    ///   - asOf: The instant that was asked for, `nil` for now.
    ///   - released: The rows that are no longer kept.
    ///   - rowsFromThen: Where the rows began that were kept then.
    ///   - newestWithdrawal: When an upload was last taken back.
    ///   - ledger: For an answer that rests on it.
    /// - Throws: `TaskFault.unknownTimeZone`.
    package init(
        task: PredictionTask,
        settings: SettingsOrigin,
        createdAt: Instant,
        dictionary: TaskDictionary,
        models: [KnownModel],
        slices: Set<Int32>,
        roleHistory: [RoleChange],
        present: Instant,
        asOf: Instant? = nil,
        released: ReleasedRows? = nil,
        rowsFromThen: Instant? = nil,
        newestWithdrawal: Instant? = nil,
        ledger: LedgerStanding? = nil
    ) throws(TaskFault) {
        self.task = task
        self.settings = settings
        self.createdAt = createdAt
        self.dictionary = dictionary
        buckets = try task.timeBuckets()
        self.models = models.map(\.name)
        self.slices = slices
        roles = ModelRoles(models: models, history: roleHistory, asOf: present)
        self.present = present
        self.asOf = asOf
        self.released = released
        self.rowsFromThen = rowsFromThen
        self.ledger = ledger
        past = asOf.flatMap { instant in
            newestWithdrawal.map { $0 > instant } == true ? instant : nil
        }
    }

    /// What is said of the evidence of an answer.
    package func summary(of cohorts: [FrozenCohort]) -> LedgerSummary {
        LedgerSummary(ledger ?? LedgerStanding(), cohorts: cohorts, age: task.horizonSeconds)
            .known(by: present)
    }

    /// Set where the question is about an instant before the task was created.
    package var replay: Replay? { present < createdAt ? Replay(settings: settings) : nil }

    // MARK: - Models and slices

    /// When a model took over as champion; `nil` where it is not the champion, or always was.
    package func championSince(_ model: Name) -> Instant? {
        roles.champion == model ? roles.championSince : nil
    }

    /// The shadows of a champion, in the order of their bytes.
    package func shadows(of champion: Name) -> [Name] {
        models.filter { $0 != champion && roles[$0] == .shadow }.sorted()
    }

    /// The slices that were known, in order.
    package var sliceNames: [Slice] {
        slices.compactMap { dictionary.slices[$0] }.sorted()
    }

    /// The cells of a model, all its versions together, by time bucket.
    package func byBucket(_ cells: [CellKey: ModelCell], of model: Name) -> [Int32: ModelCell] {
        let versions = Set(dictionary.versions(ofModelNamed: model))
        let layout = CellLayout(kind: task.kind)
        var buckets: [Int32: ModelCell] = [:]
        for (key, cell) in cells where versions.contains(key.version) {
            buckets[key.bucket, default: ModelCell(layout: layout, fine: true)].add(cell)
        }
        return buckets
    }
}
