package import Evaluation

/// Something that is done now and then, by one instance of the service alone.
package protocol BackgroundWork: Sendable {
    /// What the log calls it.
    static var name: String { get }
    /// How long it rests after a round.
    var interval: Duration { get }

    /// Does what there is to do at an instant.
    ///
    /// - Parameter now: By the database's clock.
    /// - Returns: What was done, and which tasks could not be dealt with.
    /// - Throws: Where nothing could be done at all; it is tried again after the interval.
    func runOnce(now: Instant) async throws -> WorkReport
}
