package import Evaluation

/// What is said where a model is taken for the champion though nobody has named it.
package enum AssumedChampion {
    /// - Parameters:
    ///   - model: The model that is taken for it.
    ///   - since: Since when; `nil` where somebody has named it.
    ///   - task: Whose champion it is.
    ///   - voice: Who reads it, and how to name one from there.
    /// - Returns: A sentence or two; `nil` where somebody has named it, and where its own name does.
    package static func note(
        _ model: Name,
        since: Instant?,
        of task: PredictionTask,
        for voice: Voice
    ) -> String? {
        guard let since, model != "champion" else { return nil }
        let note =
            "Nobody has named a champion; \(model) is taken for it since \(since.iso8601), as the model that was "
            + "known first."
        return switch voice {
        case .terminal:
            "\(note) Name one with: gnomon model role --task \(task.name) MODEL champion"
        case .request, .page: note
        }
    }
}
