package import Evaluation

extension JSONValue {
    /// The object of an answer, which says where it is a replay, and with which settings.
    ///
    /// An answer that is none has no such member.
    package func adding(_ replay: Replay?, of task: PredictionTask) -> JSONValue {
        guard let replay else { return self }
        return adding([
            "replay": [
                "settings_version": .integer(Int64(replay.settings.version)),
                "settings_since": .string(replay.settings.recordedAt.iso8601),
                "settings": task.json,
            ]
        ])
    }
}
