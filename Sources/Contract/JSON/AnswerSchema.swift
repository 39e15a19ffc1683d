/// What an answer looks like, as one of the files in `docs/schemas` says it (JSON Schema 2020-12).
package struct AnswerSchema: Sendable {
    /// Of the file, without `.schema.json`.
    package let name: String
    /// What the file says of the answer itself.
    package let root: JSONValue
    /// What it refers to.
    package let definitions: [JSONValue.Member]

    /// All files.
    package static let all: [AnswerSchema] = EmbeddedText.all.map(AnswerSchema.init)

    private init(_ file: EmbeddedText) {
        name = String(file.name.prefix { $0 != "." })
        guard case .object(let members)? = try? JSONValue(parsing: Array(file.text.utf8)) else {
            preconditionFailure("\(file.name).json is no JSON object")
        }
        let own: Set = ["$schema", "$id", "$defs", "title"]
        root = .object(members.filter { !own.contains($0.name) })
        if case .object(let members)? = members.first(where: { $0.name == "$defs" })?.value {
            definitions = members
        } else {
            definitions = []
        }
    }

    /// The value with its references to definitions made into those that another document has.
    package static func pointing(_ value: JSONValue, at place: String) -> JSONValue {
        switch value {
        case .object(let members):
            .object(
                members.map { member in
                    guard member.name == "$ref", case .string(let text) = member.value else {
                        return JSONValue.Member(
                            name: member.name,
                            value: pointing(member.value, at: place)
                        )
                    }
                    return JSONValue.Member(
                        name: member.name,
                        value: .string(text.replacing("#/$defs/", with: place))
                    )
                }
            )
        case .array(let values): .array(values.map { pointing($0, at: place) })
        default: value
        }
    }
}
