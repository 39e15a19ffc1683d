/// The schema of an answer, which is a file of `docs/schemas` and a component of the description of the API.
package struct AnswerSchema: Sendable {
    /// The file, where the command line gives the answer too.
    package let file: File?
    /// The component, where the service gives the answer as it is.
    package let component: String?
    /// What is said of the answer itself.
    package let root: JSONValue
    /// What it refers to, each once.
    package let definitions: [SchemaDefinition]

    /// A file of `docs/schemas`.
    package struct File: Sendable {
        /// Without `.schema.json`.
        package let name: String
        /// Which commands or paths give the answer.
        let title: String
    }

    init<Value: Sendable>(
        _ component: String?,
        _ shape: Shape<Value>,
        file: String,
        _ title: String
    ) {
        self.init(component, shape, File(name: file, title: title))
    }

    init<Value: Sendable>(_ component: String?, _ shape: Shape<Value>, _ file: File? = nil) {
        self.component = component
        self.file = file
        root = shape.body
        var known: [String: JSONValue] = [:]
        definitions = shape.references.filter { definition in
            let other = known.updateValue(definition.schema, forKey: definition.name)
            precondition(other.map { $0 == definition.schema } != false, definition.name)
            return other == nil
        }
    }

    /// What the file holds: JSON Schema 2020-12, with a line feed at its end.
    package var text: String? {
        guard let file else { return nil }
        let start: JSONValue = [
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "$id": .string("urn:gnomon:schema:\(file.name)"),
            "title": .string(file.title),
        ]
        let named = definitions.map { JSONValue.Member(name: $0.name, value: $0.schema) }
        let end = named.isEmpty ? [] : [JSONValue.Member(name: "$defs", value: .object(named))]
        return start.adding(root.members).adding(end).text + "\n"
    }
}
