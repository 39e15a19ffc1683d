package import Evaluation
import Postgres
import Store

/// The champion whose pairs with every other model an answer needs.
package enum PairsWanted: Sendable {
    case none
    /// The champion `named`, or that of the present for `nil`.
    case ofChampion(named: Name?)

    func keep(pool: PostgresPool, task: PredictionTask, present: Instant) async throws {
        guard case .ofChampion(let named) = self else { return }
        let (champion, chosen) = try await pool.withConnection { connection in
            let champion = try await KeepPairs.champion(of: task, asOf: present, connection)
            guard let named else { return (champion, champion) }
            return (champion, try await DictionaryStore(connection).models(of: task)[named])
        }
        // Of a name that is not known the question itself will say so.
        guard let chosen else { return }
        try await KeepPairs(pool: pool, task: task).keep(chosen, isChampion: chosen == champion)
    }
}
