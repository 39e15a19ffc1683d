extension Shape {
    /// A member of an object: its name, its schema, and how it is read from the value.
    package struct Member: Sendable {
        package let name: String
        /// Whether every value has it.
        let isRequired: Bool
        let schema: JSONValue
        let definitions: [SchemaDefinition]
        /// Whether it fits into one field of CSV.
        let isColumn: Bool
        /// `nil` where the value has no such member.
        package let read: @Sendable (Value) -> JSONValue?
    }

    /// An object with these members and no others.
    ///
    /// - Parameters:
    ///   - meaning: What it is.
    ///   - rules: What the schema says beyond its members, such as `if` and `then`.
    ///   - members: In order.
    /// - Returns: The shape.
    static func object(
        _ meaning: String,
        rules: KeyValuePairs<String, JSONValue> = [:],
        _ members: [Member]
    ) -> Shape { object(meaning as String?, rules: rules, members) }

    /// An object whose name says what it is.
    static func object(
        rules: KeyValuePairs<String, JSONValue> = [:],
        _ members: [Member]
    ) -> Shape { object(nil, rules: rules, members) }

    private static func object(
        _ meaning: String?,
        rules: KeyValuePairs<String, JSONValue>,
        _ members: [Member]
    ) -> Shape {
        let schema: JSONValue = [
            "type": "object",
            "properties": .object(
                members.map { JSONValue.Member(name: $0.name, value: $0.schema) }
            ),
            "required": .strings(members.filter(\.isRequired).map(\.name)),
            "additionalProperties": false,
        ]
        return Shape(
            body: described(schema, meaning).adding(rules),
            references: members.flatMap(\.definitions),
            members: members,
            isCell: false
        ) { value in
            .object(
                members.compactMap { member in
                    member.read(value).map { JSONValue.Member(name: member.name, value: $0) }
                }
            )
        }
    }

    /// The schema that begins with what it means.
    static func described(_ schema: JSONValue, _ meaning: String?) -> JSONValue {
        guard let meaning, case .object(let members) = schema else { return schema }
        let description = JSONValue.Member(name: "description", value: .string(meaning))
        return .object([description] + members.filter { $0.name != "description" })
    }
}

extension Shape.Member {
    /// A member that every value has.
    ///
    /// - Parameters:
    ///   - name: Of the member.
    ///   - shape: Of what it holds.
    ///   - meaning: What it says, with its unit and what null means; `nil` where the shape says it.
    ///   - read: Takes it from the value.
    /// - Returns: The member.
    static func member<Held: Sendable>(
        _ name: String,
        _ shape: Shape<Held>,
        _ meaning: String? = nil,
        _ read: @escaping @Sendable (Value) -> Held
    ) -> Self {
        Self(
            name: name,
            isRequired: true,
            schema: Shape<Held>.described(shape.schema, meaning),
            definitions: shape.definitions,
            isColumn: shape.isCell
        ) { shape.json(read($0)) }
    }

    /// A member that is left out where there is nothing to say.
    ///
    /// - Parameters:
    ///   - name: Of the member.
    ///   - shape: Of what it holds.
    ///   - meaning: What it says, and of which values.
    ///   - read: Takes it from the value; `nil` leaves it out.
    /// - Returns: The member.
    static func optional<Held: Sendable>(
        _ name: String,
        _ shape: Shape<Held>,
        _ meaning: String? = nil,
        _ read: @escaping @Sendable (Value) -> Held?
    ) -> Self {
        Self(
            name: name,
            isRequired: false,
            schema: Shape<Held>.described(shape.schema, meaning),
            definitions: shape.definitions,
            isColumn: shape.isCell
        ) { read($0).map(shape.json) }
    }
}

extension Shape {
    /// The members of a part of the value.
    static func members<Part: Sendable>(
        of shape: Shape<Part>,
        _ part: @escaping @Sendable (Value) -> Part
    ) -> [Member] {
        shape.members.map { member in
            Member(
                name: member.name,
                isRequired: member.isRequired,
                schema: member.schema,
                definitions: member.definitions,
                isColumn: member.isColumn
            ) { member.read(part($0)) }
        }
    }
}
