package import Evaluation
package import Postgres
import Store

/// Records that somebody has dealt with an alarm of a model, so that the detector starts again.
package struct AcknowledgeAlarm: Sendable {
    package let pool: PostgresPool
    package let task: PredictionTask
    package let model: Name
    package let renewsBaseline: Bool
    package let note: String
    private let accepted: AcceptedRisk?
    package let author: String

    /// `renewsBaseline` says whether the risk is held against a new baseline from now on; `note` says why, for those
    /// who read the history; `accepted` is what the audit log says of the risk.
    package init(
        pool: PostgresPool,
        task: PredictionTask,
        model: Name,
        renewsBaseline: Bool,
        note: String,
        accepted: AcceptedRisk? = nil,
        author: String = Author.commandLine
    ) {
        self.accepted = accepted
        self.pool = pool
        self.task = task
        self.model = model
        self.renewsBaseline = renewsBaseline
        self.note = note
        self.author = author
    }

    private static let maximumNoteLength = 1000

    /// - Returns: The instant from which the acknowledgement counts.
    /// - Throws: `HarnessError` where the task has no such model, or the note is too long.
    package func run() async throws -> Instant {
        // Counted as PostgreSQL counts.
        guard note.unicodeScalars.count <= Self.maximumNoteLength else {
            throw HarnessError.invalidSetting(
                name: "The note",
                value: note.prefix(40) + "…",
                allowed: "it may have up to \(Self.maximumNoteLength) characters."
            )
        }
        return try await pool.withTransaction { connection in
            let now = try await Gate(connection).enter(task)
            let models = try await DictionaryStore(connection).models(of: task)
            guard let id = models[model] else {
                throw HarnessError.noSuchModel(
                    model,
                    task: task.name,
                    models: models.keys.sorted()
                )
            }
            let acknowledgement = Acknowledgement(
                instant: now,
                model: model,
                renewsBaseline: renewsBaseline,
                note: note
            )
            try await AcknowledgementStore(connection).record(
                acknowledgement,
                modelID: id,
                of: task
            )
            try await ChangeStore(connection).record(
                "alarm.acknowledge",
                "\(model): \(note)\(accepted.map { " \($0.sentence)" } ?? "")",
                of: task,
                by: author
            )
            return now
        }
    }
}
