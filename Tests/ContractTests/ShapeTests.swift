@testable import Contract
import Evaluation
import Testing

/// A shape gives the JSON of a value, its schema and the columns of its CSV.
@Suite struct ShapeTests {
    private struct Room: Sendable {
        var name: Name
        var beds = 0
        var price: Double?
        var notes: [String] = []
        var reason: String?
    }

    private static let room = Shape<Room>.object(
        "A room.",
        [
            .member("name", .name, "As the door says.") { $0.name },
            .member("beds", .count) { $0.beds },
            .member("price", .orNull(.size), "Null where nobody asks for one.") { $0.price },
            .member("notes", .list(of: .text)) { $0.notes },
            .optional("reason", .sentence) { $0.reason },
        ]
    ).named("room")

    @Test func `an object has its members in order, and no others`() {
        #expect(
            Self.room.json(Room(name: "blue", beds: 2, notes: ["quiet", "small"])).inline
                == #"{"name": "blue", "beds": 2, "price": null, "notes": ["quiet", "small"]}"#
        )
        #expect(
            Self.room.body.inline
                == #"{"description": "A room.", "type": "object", "properties": {"#
                + #""name": {"description": "As the door says.", "type": "string"}, "#
                + #""beds": {"type": "integer", "minimum": 0}, "#
                + #""price": {"description": "Null where nobody asks for one.", "#
                + #""type": ["number", "null"], "minimum": 0}, "#
                + #""notes": {"type": "array", "items": {"type": "string"}}, "#
                + #""reason": {"type": "string", "minLength": 1}}, "#
                + #""required": ["name", "beds", "price", "notes"], "#
                + #""additionalProperties": false}"#
        )
    }

    @Test func `what there is nothing to say of is left out, or null`() {
        let json = Self.room.json(Room(name: "blue", reason: "the roof leaks"))
        #expect(json["reason"] == "the roof leaks")
        #expect(json["price"] == .null)
        #expect(Self.room.json(Room(name: "blue"))["reason"] == nil)
    }

    @Test func `a number that JSON cannot hold is null`() {
        #expect(Shape.number.json(.infinity) == .null)
        #expect(Shape.orNull(.number).json(.nan) == .null)
    }

    @Test func `who contains a shape with a name refers to it, and once defines it`() {
        let house = Shape<[Room]>.object([
            .member("rooms", .list(of: Self.room)) { $0 },
            .member("best", .orNull(Self.room), "The largest.") { $0.first },
        ])
        let schema = AnswerSchema("House", house)
        #expect(schema.root["properties"]?["rooms"]?["items"] == ["$ref": "#/$defs/room"])
        #expect(
            schema.root["properties"]?["best"]?["anyOf"]
                == [["$ref": "#/$defs/room"], ["type": "null"]]
        )
        #expect(schema.definitions.map(\.name) == ["room"])
        #expect(schema.definitions.first?.schema == Self.room.body)
    }

    @Test func `columns are members of one value or of a list of texts`() {
        let house = Shape<[Room]>.object([
            .member("street", .text) { _ in "High Street" },
            .member("rooms", .list(of: Self.room)) { $0 },
            .member("names", .list(of: .name)) { $0.map(\.name) },
        ])
        let rooms = [Room(name: "blue"), Room(name: "red")]
        #expect(house.columnNames == ["street", "names"])
        #expect(house.cells(rooms) == ["High Street", "blue;red"])
        #expect(Self.room.columnNames == ["name", "beds", "price", "notes", "reason"])
        #expect(Self.room.cells(rooms[0]) == ["blue", 0, nil, "", nil])
    }

    private func references(in schema: JSONValue) -> [String] {
        switch schema {
        case .object(let members):
            members.flatMap { member -> [String] in
                guard member.name == "$ref", case .string(let text) = member.value else {
                    return references(in: member.value)
                }
                return [text]
            }
        case .array(let values): values.flatMap(references)
        default: []
        }
    }

    @Test func `what a schema refers to is defined, and nothing else is`() {
        for answer in AnswerSchema.all {
            let all =
                references(in: answer.root)
                + answer.definitions.flatMap { references(in: $0.schema) }
            #expect(
                Set(all) == Set(answer.definitions.map { SchemaDefinition.place + $0.name }),
                "\(answer.component ?? answer.file?.name ?? "")"
            )
        }
    }

    @Test func `a name means one schema in all answers`() {
        var known: [String: JSONValue] = [:]
        for definition in AnswerSchema.all.flatMap(\.definitions) {
            let other = known.updateValue(definition.schema, forKey: definition.name)
            #expect(other ?? definition.schema == definition.schema, "\(definition.name)")
        }
    }
}
