package import Evaluation

extension Recommend {
    /// Takes the alarm that stands as dealt with.
    ///
    /// - Parameters:
    ///   - note: Why, for those who read the history.
    ///   - renewsBaseline: Whether what follows is the new normal; then no alarm need stand.
    ///   - author: Who says so.
    /// - Returns: The acknowledgement, with the instant from which it counts.
    /// - Throws: `HarnessError.noAlarm` where none stands.
    package func acknowledge(
        note: String,
        renewsBaseline: Bool,
        author: String = Author.commandLine
    ) async throws -> Acknowledgement {
        let recommendation = try await run().recommendation
        guard recommendation.hasAlarm || renewsBaseline else {
            throw HarnessError.noAlarm(model: recommendation.model)
        }
        let instant = try await AcknowledgeAlarm(
            pool: pool,
            task: task,
            model: recommendation.model,
            renewsBaseline: renewsBaseline,
            note: note,
            author: author
        ).run()
        return Acknowledgement(
            instant: instant,
            model: recommendation.model,
            renewsBaseline: renewsBaseline,
            note: note
        )
    }
}
