import Evaluation
import Postgres
import Store

/// What a recommendation says besides what follows from its evidence.
struct RecommendationSurroundings: Sendable {
    let now: KnownNow
    let traffic: [Name: ShadowTraffic]
    let contradictions: Contradictions?
    let forgotten: Int64
    let ledger: LedgerFingerprint

    /// - Parameters:
    ///   - connection: That of the question.
    ///   - facts: What the recommendation is concluded from.
    ///   - watch: What the watch follows.
    ///   - hasShadows: Whether shadows are compared.
    /// - Throws: `PostgresError`.
    init(
        _ connection: PostgresConnection,
        of facts: RecommendationFacts,
        _ watch: RetrainingMonitor.Inputs,
        hasShadows: Bool
    ) async throws {
        let view = facts.pairs.view
        let current = try await CurrentCells(connection, of: facts.pairs)
        traffic = hasShadows ? current.traffic : [:]
        now = facts.knownNow(
            current.cells,
            seen: hasShadows ? current.shadowsSeen : nil,
            beside: watch
        )
        contradictions = try await view.contradictions(
            current.contradictory,
            in: .always,
            connection
        )
        forgotten = current.forgotten
        ledger = try await CohortStore(connection, task: view.task)
            .fingerprint(view.ledgerInForce, pairsOf: facts.pairs.versions)
    }
}
