import Contract

/// The shapes of answers, as the description of the API has them.
enum AnswerSchemas {
    /// The answers, and what they refer to; what is both stands once.
    static let all: [(name: String, schema: JSONValue)] = {
        var known: [String: JSONValue] = [:]
        let answers = AnswerSchema.all.compactMap { answer in
            answer.component.map { (name: $0, schema: answer.root) }
        }
        let definitions = AnswerSchema.all.filter { $0.component != nil }.flatMap(\.definitions)
            .map { (name: component($0.name), schema: $0.schema) }
        return (answers + definitions).filter { name, schema in
            let other = known.updateValue(schema, forKey: name)
            precondition(other.map { $0 == schema } != false, "There are two components \(name).")
            return other == nil
        }
        .map { ($0.name, pointing($0.schema)) }
    }()

    /// `upload_entry` is the component `UploadEntry`.
    private static func component(_ definition: String) -> String {
        definition.split(separator: "_").map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
    }

    /// The schema with its references to definitions made into those to components.
    private static func pointing(_ schema: JSONValue) -> JSONValue {
        switch schema {
        case .object(let members):
            .object(
                members.map {
                    JSONValue.Member(
                        name: $0.name,
                        value: $0.name == "$ref" ? reference($0.value) : pointing($0.value)
                    )
                }
            )
        case .array(let values): .array(values.map(pointing))
        default: schema
        }
    }

    private static func reference(_ value: JSONValue) -> JSONValue {
        guard case .string(let text) = value else { return value }
        return .string(
            Schemas.place + component(String(text.dropFirst(SchemaDefinition.place.count)))
        )
    }
}
