import Contract

/// The shapes of answers, as the description of the API has them.
enum AnswerSchemas {
    private static let place = "#/components/schemas/"

    /// The answers, and then once what several of them refer to.
    static let all: [(name: String, schema: JSONValue)] = {
        var seen: Set<String> = []
        var answers: [(name: String, schema: JSONValue)] = []
        var definitions: [(name: String, schema: JSONValue)] = []
        for answer in AnswerSchema.all {
            guard let name = answer.component else { continue }
            answers.append((name, AnswerSchema.pointing(answer.root, at: place)))
            for definition in answer.definitions where seen.insert(definition.name).inserted {
                definitions.append(
                    (definition.name, AnswerSchema.pointing(definition.schema, at: place))
                )
            }
        }
        return answers + definitions
    }()
}
