import Evaluation

extension Shape where Value == String {
    static var text: Shape { Shape(body: ["type": "string"]) { .string($0) } }

    /// A text that says something.
    static var sentence: Shape {
        Shape(body: ["type": "string", "minLength": 1]) { .string($0) }
    }

    /// A text of a form that a regular expression gives.
    static func text(_ pattern: String) -> Shape {
        Shape(body: ["type": "string", "pattern": .string(pattern)]) { .string($0) }
    }

    static func text(longest: Int) -> Shape {
        Shape(body: ["type": "string", "maxLength": JSONValue(longest)]) { .string($0) }
    }

    /// A text that has a form of its own, such as JSON.
    static func text(mediaType: String) -> Shape {
        Shape(
            body: ["type": "string", "contentMediaType": .string(mediaType)],
            isCell: false
        ) { .string($0) }
    }

    /// One of these.
    static func word(_ words: [String]) -> Shape {
        Shape(body: ["enum": .strings(words)]) { .string($0) }
    }
}

extension Shape where Value == Name {
    static var name: Shape { Shape(body: ["type": "string"]) { .name($0) } }

    /// The name of a task.
    static var task: Shape {
        Shape(
            body: described(["type": "string", "minLength": 1], "The name of the task.")
        ) { .name($0) }
    }
}

extension Shape where Value == Instant {
    static var instant: Shape {
        let schema: JSONValue = [
            "type": "string",
            "pattern": .string(
                "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{3}([0-9]{3})?)?Z$"
            ),
        ]
        let meaning = "An instant in UTC, with milliseconds or microseconds where they are not 0."
        return Shape(body: described(schema, meaning), name: "instant") { .string($0.iso8601) }
    }
}

extension Shape where Value == Bool {
    static var flag: Shape { Shape(body: ["type": "boolean"]) { .bool($0) } }
}

extension Shape where Value: BinaryInteger {
    /// A whole number from 0.
    static var count: Shape { count(from: 0) }

    /// A whole number from 1: of an upload, of a line, of what there is at least one of.
    static var ordinal: Shape { count(from: 1) }

    private static func count(from least: Int64) -> Shape {
        Shape(body: ["type": "integer", "minimum": .integer(least)]) { .integer(Int64($0)) }
    }
}

extension Shape where Value == Double {
    /// Any number.
    static var number: Shape { number([:]) }

    /// A number from 0.
    static var size: Shape { number(["minimum": 0]) }

    /// A number above 0.
    static var positive: Shape { number(["exclusiveMinimum": 0]) }

    /// A number from 0 to 1.
    static var share: Shape { number(["minimum": 0, "maximum": 1]) }

    /// A number above 0 and up to 1.
    static var level: Shape { number(["exclusiveMinimum": 0, "maximum": 1]) }

    private static func number(_ limits: KeyValuePairs<String, JSONValue>) -> Shape {
        let schema: JSONValue = ["type": "number"]
        return Shape(body: schema.adding(limits)) { JSONValue($0) }
    }
}

extension Shape where Value: RawRepresentable & CaseIterable, Value.RawValue == String {
    /// The name of a case.
    static var choice: Shape { choice(of: Array(Value.allCases)) }

    /// The name of one of some cases.
    static func choice(of cases: [Value]) -> Shape {
        Shape(body: ["enum": .strings(cases.map(\.rawValue))]) { .string($0.rawValue) }
    }
}

extension Shape {
    /// What is always the same.
    static func constant(_ text: String) -> Shape {
        Shape(body: ["const": .string(text)]) { _ in .string(text) }
    }

    /// What there may be none of: null then.
    static func orNull<Wrapped: Sendable>(_ shape: Shape<Wrapped>) -> Shape
    where Value == Wrapped? {
        Shape(
            body: nullable(shape.schema),
            references: shape.definitions,
            isCell: shape.isCell
        ) { $0.map(shape.json) ?? .null }
    }

    private static func nullable(_ schema: JSONValue) -> JSONValue {
        guard case .object(let members) = schema, case .string(let type)? = schema["type"],
            type != "object"
        else { return ["anyOf": [schema, ["type": "null"]]] }
        return .object(
            members.map {
                $0.name == "type"
                    ? JSONValue.Member(name: "type", value: .strings([type, "null"])) : $0
            }
        )
    }

    /// Several of a kind, in order.
    ///
    /// - Parameters:
    ///   - shape: Of each.
    ///   - least: How many there are at least.
    ///   - most: How many there are at most; `nil` for any number.
    /// - Returns: The shape.
    static func list<Element: Sendable>(
        of shape: Shape<Element>,
        atLeast least: Int = 0,
        atMost most: Int? = nil
    ) -> Shape where Value == [Element] {
        var schema: JSONValue = ["type": "array", "items": shape.schema]
        if least > 0 { schema = schema.adding(["minItems": JSONValue(least)]) }
        if let most { schema = schema.adding(["maxItems": JSONValue(most)]) }
        return Shape(body: schema, references: shape.definitions, isCell: shape.isCell) {
            .array($0.map(shape.json))
        }
    }

    /// Values of a kind under names.
    ///
    /// - Parameters:
    ///   - names: Those that there can be; `nil` for any.
    ///   - shape: Of each value.
    /// - Returns: The shape.
    static func table<Held: Sendable>(
        names: [String]? = nil,
        of shape: Shape<Held>
    ) -> Shape where Value == [(name: String, value: Held)] {
        var schema: JSONValue = ["type": "object", "additionalProperties": shape.schema]
        if let names { schema = schema.adding(["propertyNames": ["enum": .strings(names)]]) }
        return Shape(body: schema, references: shape.definitions, isCell: false) { entries in
            .object(
                entries.map { JSONValue.Member(name: $0.name, value: shape.json($0.value)) }
            )
        }
    }
}

extension Shape where Value == TaskKind {
    /// A kind whose tasks can be evaluated; there are no tasks of others.
    static var kind: Shape { choice(of: TaskKind.open) }
}

extension Shape where Value == Void {
    /// Null.
    static var nothing: Shape { Shape(body: ["type": "null"]) { _ in .null } }
}

extension Shape {
    /// A value that is written in one of several ways.
    ///
    /// - Parameters:
    ///   - schemas: Of each way, without a reference.
    ///   - json: Writes a value in its way.
    /// - Returns: The shape.
    static func oneOf(
        _ schemas: [JSONValue],
        _ json: @escaping @Sendable (Value) -> JSONValue
    ) -> Shape {
        Shape(body: ["oneOf": .array(schemas)], isCell: false, json: json)
    }
}

extension Shape where Value == String {
    /// A text that meets one of these.
    static func anyOf(_ shapes: [Shape]) -> Shape {
        Shape(body: ["anyOf": .array(shapes.map(\.schema))]) { .string($0) }
    }
}
