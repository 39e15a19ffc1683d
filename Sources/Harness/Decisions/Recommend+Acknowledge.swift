package import Evaluation

extension Recommend {
    /// Takes the alarm that stands as dealt with.
    ///
    /// - Parameters:
    ///   - note: Why, for those who read the history.
    ///   - renewsBaseline: Whether what follows is the new normal; then no alarm need stand.
    ///   - author: Who says so.
    /// - Returns: The acknowledgement, with the instant from which it counts, and what risk it accepts; no risk where no
    ///   alarm stood.
    /// - Throws: `HarnessError.noAlarm` where none stands.
    package func acknowledge(
        note: String,
        renewsBaseline: Bool,
        author: String = Author.commandLine
    ) async throws -> (acknowledgement: Acknowledgement, accepted: AcceptedRisk?) {
        let recommendation = try await run().recommendation
        guard recommendation.hasAlarm || renewsBaseline else {
            throw HarnessError.noAlarm(model: recommendation.model)
        }
        let accepted = AcceptedRisk(recommendation)
        let instant = try await AcknowledgeAlarm(
            pool: pool,
            task: task,
            model: recommendation.model,
            renewsBaseline: renewsBaseline,
            note: note,
            accepted: accepted,
            author: author
        ).run()
        let acknowledgement = Acknowledgement(
            instant: instant,
            model: recommendation.model,
            renewsBaseline: renewsBaseline,
            note: note
        )
        return (acknowledgement, accepted)
    }
}
