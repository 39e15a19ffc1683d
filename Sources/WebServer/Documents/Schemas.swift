package import Contract
import Evaluation

/// The shapes of requests and answers, as JSON Schema 2020-12, by name.
package enum Schemas {
    /// Refers to one of them.
    static func reference(_ name: String) -> JSONValue {
        ["$ref": .string("#/components/schemas/\(name)")]
    }

    package static let all: [(name: String, schema: JSONValue)] =
        requests + RowSchemas.all + lists + access + AnswerSchemas.all

    private static let requests: [(name: String, schema: JSONValue)] = [
        ("NewTask", newTask), ("TaskChange", taskChange), ("Role", role),
        ("NewName", object(["name": text()])),
        ("NewAcknowledgement", newAcknowledgement), ("NewWithdrawal", newWithdrawal),
        ("NewForgetting", newForgetting),
    ]

    private static let lists: [(name: String, schema: JSONValue)] = [
        ("RejectList", taskList("rejects", of: reference("RejectedRow"))),
        ("RejectedRow", rejectedRow),
        ("OrphanList", taskList("orphan_ids", of: text())),
        ("UploadList", taskList("uploads", of: reference("UploadEntry"))),
        ("ChangeList", list("changes", of: reference("Change"), pages: true)), ("Change", change),
    ]

    private static let access: [(name: String, schema: JSONValue)] = [
        ("Token", token), ("NewToken", newToken), ("MadeToken", madeToken),
        ("OwnToken", ownToken), ("TokenList", list("tokens", of: reference("Token"), pages: false)),
        ("Status", object(["status": text()])), ("Problem", problem),
    ]

    // MARK: - Pieces

    static func text(_ description: String? = nil) -> JSONValue {
        described(["type": "string"], description)
    }

    static func instant(_ description: String? = nil) -> JSONValue {
        described(["type": "string", "format": "date-time"], description)
    }

    static func count(_ description: String? = nil) -> JSONValue {
        described(["type": "integer", "minimum": 0], description)
    }

    static func number(_ description: String? = nil) -> JSONValue {
        described(["type": "number"], description)
    }

    static func flag(_ description: String? = nil) -> JSONValue {
        described(["type": "boolean"], description)
    }

    static func choice(_ values: [String], _ description: String? = nil) -> JSONValue {
        described(["type": "string", "enum": .strings(values)], description)
    }

    static func array(of item: JSONValue, _ description: String? = nil) -> JSONValue {
        described(["type": "array", "items": item], description)
    }

    /// Or null.
    static func optional(_ type: String, _ description: String? = nil) -> JSONValue {
        described(["type": .strings([type, "null"])], description)
    }

    static func object(
        _ properties: KeyValuePairs<String, JSONValue>,
        optional: [String] = [],
        isOpen: Bool = false
    ) -> JSONValue {
        [
            "type": "object",
            "properties": .object(
                properties.map { JSONValue.Member(name: $0.key, value: $0.value) }
            ),
            "required": .strings(properties.map(\.key).filter { !optional.contains($0) }),
            "additionalProperties": .bool(isOpen),
        ]
    }

    private static func described(_ schema: JSONValue, _ description: String?) -> JSONValue {
        description.map { schema.adding(["description": .string($0)]) } ?? schema
    }

    private static func list(_ name: String, of item: JSONValue, pages: Bool) -> JSONValue {
        pages
            ? .object(members(of: [name: array(of: item), "next_cursor": nextCursor]))
            : .object(members(of: [name: array(of: item)]))
    }

    private static func taskList(_ name: String, of item: JSONValue) -> JSONValue {
        .object(members(of: ["task": text(), name: array(of: item), "next_cursor": nextCursor]))
    }

    private static func members(
        of properties: KeyValuePairs<String, JSONValue>
    ) -> [JSONValue.Member] {
        guard case .object(let members) = object(properties) else { return [] }
        return members
    }

    private static let nextCursor = optional(
        "string",
        "To be given as cursor for the next page; null on the last one."
    )

    // MARK: - Tasks and models

    private static let duration: JSONValue = [
        "type": "string", "pattern": "^[1-9][0-9]{0,6}[smhd]$",
        "description": "A whole number and s, m, h or d, such as 60d.",
    ]

    private static func settings(_ more: [JSONValue.Member], required: [String]) -> JSONValue {
        let text: JSONValue = ["type": "string", "minLength": 1, "maxLength": 100]
        let own: JSONValue = [
            "classes": [
                "type": "array", "items": text, "uniqueItems": true, "examples": [["0", "1"]],
                "description": "The class names in order.",
            ],
            "positive": optional("string", "The class whose probability a score is.")
                .adding(["examples": ["1"]]),
            "threshold": [
                "type": .strings(["number", "null"]), "minimum": 0, "maximum": 1,
                "description": "Decide for the positive class from this score on.",
            ],
            "horizon": duration,
            "no_label_means": choice(
                ["pending", "negative"],
                "What a missing label means once the horizon has passed."
            ),
            "time_zone": Schemas.text("Where days begin; an IANA name.")
                .adding(["examples": ["America/New_York"]]),
            "bucket": choice(["hour", "day"], "The smallest interval that is reported."),
            "slices": [
                "type": "array", "items": text, "uniqueItems": true,
                "description": "Columns to report by as well.",
            ],
            "evidence_unit": choice(
                EvidenceUnit.allCases.map(\.rawValue),
                "What counts as one independent piece of evidence."
            ),
            "label_sources": [
                "type": "array", "items": text, "uniqueItems": true,
                "description": "Where labels come from, the most trusted first.",
            ],
            "baseline": Schemas.text("What later risk is held against: first:60d, or FROM..TO.")
                .adding(["examples": ["first:60d"]]),
            "tolerance": Schemas.text(
                "By how much the risk may exceed the baseline: 10% of it, or 0.02."
            )
            .adding(["examples": ["10%"]]),
            "retention": [
                "type": "string", "pattern": "^(none|[1-9][0-9]{0,6}[smhd])$",
                "description": "How long rows are kept after the prediction; none for ever.",
            ],
        ]
        guard case .object(let members) = own else { return own }
        return [
            "type": "object", "properties": .object(more + members),
            "required": .strings(required), "additionalProperties": false,
        ]
    }

    private static let newTask = settings(
        [
            JSONValue.Member(
                name: "task",
                value: ["type": "string", "minLength": 1, "maxLength": 100]
            ),
            JSONValue.Member(name: "kind", value: choice(TaskKind.open.map(\.rawValue))),
            JSONValue.Member(
                name: "partition",
                value: choice(["7d", "28d", "364d"], "The width of table partitions.")
            ),
        ],
        required: ["task", "kind"]
    )

    private static let taskChange = settings([], required: []).adding(["minProperties": 1])

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
            "role": choice(["champion", "shadow", "retired"]),
            "from": text("A date of the task's time zone, or an instant; without it now."),
        ],
        optional: ["from"]
    )

    // MARK: - Uploads

    private static let rejectedRow = object([
        "file": text(), "line": count(), "field": text(), "value": text(), "reason": text(),
        "row": text("The row as it was given, so that it can be mended and sent again."),
        "upload": count(),
    ])

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

    // MARK: - Access and errors

    private static let scopes = ["predictions", "labels", "backfill", "read", "admin"]
    private static let tokenTasks: JSONValue = [
        "type": .strings(["array", "null"]), "items": text(),
        "description": "The tasks it is good for; null for all.",
    ]

    private static let token = object([
        "name": text(), "scopes": array(of: choice(scopes)), "tasks": tokenTasks,
        "created_at": instant(), "expires_at": optional("string"),
        "last_used_at": optional("string", "Exact to about a minute."),
        "revoked_at": optional("string"),
    ])

    private static let madeToken = object([
        "name": text(), "scopes": array(of: choice(scopes)), "tasks": tokenTasks,
        "created_at": instant(), "expires_at": optional("string"),
        "last_used_at": optional("string"), "revoked_at": optional("string"),
        "token": text("Shown this once; only its SHA-256 is stored."),
    ])

    private static let ownToken = object([
        "name": text(), "scopes": array(of: choice(scopes)), "tasks": tokenTasks,
    ])

    private static let newToken = object(
        [
            "name": ["type": "string", "minLength": 1, "maxLength": 100],
            "scopes": [
                "type": "array", "items": choice(scopes), "minItems": 1, "uniqueItems": true,
            ],
            "tasks": tokenTasks,
            "expires": duration.adding(["examples": ["90d"]]),
        ],
        optional: ["tasks", "expires"]
    )

    private static let change = object([
        "changed_at": instant(), "author": text("A token, or: command line."), "action": text(),
        "task": optional("string"), "subject": text(),
    ])

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
