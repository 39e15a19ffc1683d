import Evaluation
import Presentation

/// What a page says where nobody has named the champion.
enum ChampionNote {
    static func html(_ outline: TaskOutline, of task: PredictionTask) -> HTML {
        guard let champion = outline.champion else { return .empty }
        let note = AssumedChampion.note(
            champion,
            since: outline.championAssumedSince,
            of: task,
            for: .page
        )
        return note.map { "<p class=\"small soft\">\($0)</p>" } ?? .empty
    }
}
