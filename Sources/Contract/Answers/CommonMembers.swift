package import Evaluation

/// The shapes of answers that are made of several values, or of a list.
package enum AnswerShapes {}

extension Shape.Member {
    /// Where requests were told in several ways, and by which uploads; left out where none was.
    static func contradictions(_ read: @escaping @Sendable (Value) -> Contradictions?) -> Self {
        .optional(
            "contradictions",
            Contradictions.shape,
            "Only where something contradicts.",
            read
        )
    }

    /// How many requests are missing; left out where none is.
    static func forgotten(_ read: @escaping @Sendable (Value) -> Int64) -> Self {
        .optional(
            "forgotten",
            .ordinal,
            "Only where requests are missing in the numbers, for their rows were deleted: how many; one told at "
                + "several times counts in each time bucket."
        ) { value -> Int64? in
            let count = read(value)
            return count > 0 ? count : nil
        }
    }

    /// With which settings a replay is answered; left out of other answers.
    static func replay(
        _ read: @escaping @Sendable (Value) -> (replay: Replay?, task: PredictionTask)
    ) -> Self {
        .optional("replay", AnswerShapes.replay, "Only in a replay.") { value in
            let (replay, task) = read(value)
            return replay.map { ($0, task) }
        }
    }

    /// Why another member is null.
    static func reason(_ read: @escaping @Sendable (Value) -> String?) -> Self {
        .optional("reason", .sentence, "Why a value is null.", read)
    }
}

extension AnswerShapes {
    fileprivate static let replay = Shape<(replay: Replay, task: PredictionTask)>.object(
        "That the question is about an instant before the task was created, and with which settings it is answered; "
            + "models and roles are those of the moment of asking too.",
        [
            .member("settings_version", .ordinal, "Each change of settings makes a new one.") {
                Int64($0.replay.settings.version)
            },
            .member(
                "settings_since",
                .instant,
                "Since when these settings are in force."
            ) { $0.replay.settings.recordedAt },
            .member("settings", PredictionTask.shape) { $0.task },
        ]
    ).named("replay")
}

extension Contradictions: Shaped {
    package static let shape = Shape<Contradictions>.object(
        "How many requests were told in several ways, over all models and slices; there are none where the member is "
            + "missing.",
        [
            .member(
                "scores",
                .count,
                "Requests for which a model was told with several contents: other scores, times, slices, details or "
                    + "versions."
            ) { $0.requests.scores },
            .member(
                "labels",
                .count,
                "Requests of whose label one source was told to say several things of the same time; later "
                    + "corrections are none."
            ) { $0.requests.labels },
            .member(
                "uploads",
                .list(of: ContradictingUpload.shape, atMost: Contradictions.namedUploads),
                "The uploads with the most rows that contradict another one, as far as they were known; of small "
                    + "writes those of hours that were over."
            ) { $0.uploads },
            .member("more_uploads", .count, "How many more there are.") { $0.moreUploads },
        ]
    ).named("contradictions")
}

extension ContradictingUpload: Shaped {
    package static let shape = Shape<ContradictingUpload>.object([
        .member("upload", .ordinal) { $0.id },
        .member(
            "against",
            .ordinal,
            "The upload of what stood when it came; the same number where its rows contradict each other."
        ) { $0.against },
        .member(
            "rows",
            .ordinal,
            "Its rows that do, also those about predictions that the question leaves out."
        ) { $0.rows },
    ])
}

extension JSONValue {
    /// The rule of a schema that there is a reason where a member is null.
    static func reason(where member: String) -> KeyValuePairs<String, JSONValue> {
        [
            "if": [
                "properties": .object([Member(name: member, value: ["type": "null"])]),
                "required": .strings([member]),
            ],
            "then": ["required": ["reason"]],
        ]
    }
}
