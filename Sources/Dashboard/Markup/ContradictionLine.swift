import Evaluation
import Presentation

/// What a page says where requests were told in several ways.
enum ContradictionLine {
    static func html(_ contradictions: Contradictions?, of task: PredictionTask) -> HTML {
        ContradictionNote.note(contradictions, of: task, for: .page)
            .map { "<p class=\"small soft\">\($0)</p>" } ?? .empty
    }
}
