package import Contract
import Evaluation

/// The shapes of requests and answers, as JSON Schema 2020-12, by name.
package enum Schemas {
    static let place = "#/components/schemas/"

    /// Refers to one of them.
    static func reference(_ name: String) -> JSONValue { ["$ref": .string(place + name)] }

    package static let all: [(name: String, schema: JSONValue)] =
        requests + RowSchemas.all + service + AnswerSchemas.all

    private static let requests: [(name: String, schema: JSONValue)] = [
        ("NewTask", newTask), ("TaskChange", taskChange), ("Role", role),
        ("NewName", object(["name": text()])),
        ("NewAcknowledgement", newAcknowledgement), ("NewWithdrawal", newWithdrawal),
        ("NewForgetting", newForgetting), ("NewRestatement", newRestatement),
        ("NewToken", newToken),
    ]

    private static let service: [(name: String, schema: JSONValue)] = [
        ("Status", object(["status": text()])), ("Problem", problem),
    ]

    // MARK: - Pieces

    static func text(_ description: String? = nil) -> JSONValue {
        described(["type": "string"], description)
    }

    static func count(_ description: String? = nil) -> JSONValue {
        described(["type": "integer", "minimum": 0], description)
    }

    static func flag(_ description: String? = nil) -> JSONValue {
        described(["type": "boolean"], description)
    }

    /// The name of a case.
    static func choice<Value: RawRepresentable<String> & CaseIterable>(
        _ type: Value.Type,
        _ description: String? = nil
    ) -> JSONValue {
        choice(type.allCases.map(\.rawValue), description)
    }

    static func choice(_ values: [String], _ description: String? = nil) -> JSONValue {
        described(["type": "string", "enum": .strings(values)], description)
    }

    static func array(of item: JSONValue, _ description: String? = nil) -> JSONValue {
        described(["type": "array", "items": item], description)
    }

    static func object(
        _ properties: KeyValuePairs<String, JSONValue>,
        optional: [String] = []
    ) -> JSONValue {
        [
            "type": "object",
            "properties": .object(
                properties.map { JSONValue.Member(name: $0.key, value: $0.value) }
            ),
            "required": .strings(properties.map(\.key).filter { !optional.contains($0) }),
            "additionalProperties": false,
        ]
    }

    private static func described(_ schema: JSONValue, _ description: String?) -> JSONValue {
        description.map { schema.adding(["description": .string($0)]) } ?? schema
    }

    // MARK: - Tasks and models

    private static func settings(
        _ settings: [TaskSetting],
        required: [JSONValue.Member] = []
    ) -> JSONValue {
        [
            "type": "object", "properties": .object(required + settings.map(\.request)),
            "required": .strings(required.map(\.name)), "additionalProperties": false,
        ]
    }

    private static let newTask = settings(
        TaskSetting.all,
        required: [
            JSONValue.Member(
                name: "task",
                value: ["type": "string", "minLength": 1, "maxLength": 100]
            ),
            JSONValue.Member(name: "kind", value: choice(TaskKind.open.map(\.rawValue))),
        ]
    )

    private static let taskChange = settings(TaskSetting.all.filter { !$0.isFixed })
        .adding(["minProperties": 1])

    private static let newAcknowledgement = object(
        [
            "note": [
                "type": "string", "minLength": 1, "maxLength": 1_000,
                "description": "What was done about the alarm.",
            ],
            "model": [
                "type": "string", "minLength": 1, "maxLength": 200,
                "description": "Without it the champion.",
            ],
            "new_baseline": flag("Take what follows as the new normal."),
        ],
        optional: ["model", "new_baseline"]
    )

    private static let role = object(
        [
            "role": choice(ModelRole.self),
            "from": text("A date of the task's time zone, or an instant; without it now."),
        ],
        optional: ["from"]
    )

    // MARK: - Uploads

    private static let newWithdrawal = object(
        [
            "upload": count("The number of an upload."),
            "small_writes_of": text("A token: what came by it in small requests."),
            "small_writes_without_token": flag("What came in small requests without a token."),
            "from": text(
                "Of small requests: what was known from this date of the task's time zone, or instant, on."
            ),
            "to": text("Of small requests: what was known before this date or instant."),
            "note": [
                "type": "string", "minLength": 1, "maxLength": 1_000,
                "description": "Why it is taken back.",
            ],
        ],
        optional: ["upload", "small_writes_of", "small_writes_without_token", "from", "to"]
    )

    private static let newForgetting = object(
        [
            "prediction_ids": array(of: text("As it was sent.")),
            "entities": array(of: text("All requests of which a prediction names it.")),
            "confirm": text("The name of the task once more."),
            "dry_run": flag("Delete nothing, and say what would be."),
        ],
        optional: ["prediction_ids", "entities", "confirm", "dry_run"]
    )

    private static let newRestatement = object([
        "note": [
            "type": "string", "minLength": 1, "maxLength": 1_000,
            "description": "Why evidence begins anew.",
        ]
    ])

    // MARK: - Access and errors

    private static let newToken = object(
        [
            "name": ["type": "string", "minLength": 1, "maxLength": 100],
            "scopes": [
                "type": "array", "items": choice(AccessScope.self), "minItems": 1,
                "uniqueItems": true,
            ],
            "tasks": [
                "type": ["array", "null"], "items": text(),
                "description": "The tasks it is good for; null for all.",
            ],
            "expires": JSONValue.duration.adding(["examples": ["90d"]]),
        ],
        optional: ["tasks", "expires"]
    )

    private static let problem = object(
        [
            "type": text("Where the kind of problem is described."), "title": text(),
            "status": ["type": "integer", "minimum": 400, "maximum": 599],
            "detail": text("What is wrong with this request, and what to do."),
            "upload": reference("Upload"),
        ],
        optional: ["upload"]
    )
}
