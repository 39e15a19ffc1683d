/// How values of a type are written as JSON, and the JSON Schema (2020-12) that they meet.
///
/// It is the one declaration of an answer: its JSON, its file in `docs/schemas`, its component in the description of the
/// API and columns of its CSV come from it.
package struct Shape<Value: Sendable>: Sendable {
    /// The schema itself, also where it has a name.
    package let body: JSONValue
    /// Under which other schemas refer to this one; `nil` where they contain it.
    let name: String?
    /// The schemas with names that the body refers to.
    let references: [SchemaDefinition]
    /// Of an object, in order.
    package let members: [Member]
    /// The members that fit into one field of CSV.
    let columns: [Member]
    /// Whether values fit into one field of CSV.
    let isCell: Bool
    /// Writes a value.
    package let json: @Sendable (Value) -> JSONValue

    init(
        body: JSONValue,
        name: String? = nil,
        references: [SchemaDefinition] = [],
        members: [Member] = [],
        isCell: Bool = true,
        json: @escaping @Sendable (Value) -> JSONValue
    ) {
        self.body = body
        self.name = name
        self.references = references
        self.members = members
        columns = members.filter(\.isColumn)
        self.isCell = isCell
        self.json = json
    }

    /// What another schema says where it contains this one.
    var schema: JSONValue {
        name.map { ["$ref": .string(SchemaDefinition.place + $0)] } ?? body
    }

    /// The schemas with names that `schema` refers to.
    var definitions: [SchemaDefinition] {
        references + (name.map { [SchemaDefinition(name: $0, schema: body)] } ?? [])
    }

    /// The shape under a name, so that schemas say once what occurs often.
    func named(_ name: String) -> Shape {
        Shape(
            body: body,
            name: name,
            references: references,
            members: members,
            isCell: isCell,
            json: json
        )
    }
}

/// A schema under a name.
package struct SchemaDefinition: Sendable {
    package let name: String
    package let schema: JSONValue

    /// Where the file of a schema has its definitions.
    package static let place = "#/$defs/"
}
