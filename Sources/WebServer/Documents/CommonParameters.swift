import Contract

/// Parameters that several operations have.
enum CommonParameters {
    static let task = Operation.Parameter(
        "task",
        in: .path,
        "The name of the task.",
        schema: ["type": "string", "minLength": 1],
        example: "flights"
    )
    static let model = Operation.Parameter(
        "model",
        in: .path,
        "The name of the model.",
        schema: ["type": "string", "minLength": 1],
        example: "champion"
    )
    static let champion = Operation.Parameter(
        "champion",
        "The champion; without it by role.",
        example: "champion"
    )
    static let idempotencyKey = Operation.Parameter(
        "Idempotency-Key",
        in: .header,
        "A name for this request, such as a UUID. Sent again under the same name within a day it is "
            + "answered with the same bytes; another request under the name is refused with 422.",
        schema: [
            "type": "string", "minLength": 1, "maxLength": 200, "pattern": "^[!-~]([ -~]*[!-~])?$",
        ]
    )
    static let limit = Operation.Parameter(
        "limit",
        "How many at most.",
        schema: ["type": "integer", "minimum": 1, "maximum": 1000],
        example: 100
    )

    /// What lists take; `place` is where a page of the list may have ended.
    static func page(after place: String...) -> [Operation.Parameter] {
        let cursor = Operation.Parameter(
            "cursor",
            "next_cursor of the page before.",
            schema: ["type": "string", "minLength": 1],
            example: .string(Cursor(place).text)
        )
        return [limit, cursor]
    }

    static let flag: JSONValue = ["type": "boolean"]
    static let asOf = Operation.Parameter(
        "as_of",
        "As it was known at this date or instant of the past; the same for ever.",
        example: "2013-06-24T00:00:00Z"
    )
    static let window = [
        Operation.Parameter(
            "from",
            "From this date of the task's time zone, or instant, on.",
            example: "2013-01-01"
        ),
        Operation.Parameter(
            "to",
            "Up to this date or instant, without it.",
            example: "2013-02-01"
        ),
        Operation.Parameter("model", "One model.", example: "champion"),
        Operation.Parameter("slice", "One slice, as key=value.", example: "origin=JFK"),
        asOf,
        Operation.Parameter(
            "exact",
            "Read the rows for what is not exact from cells, such as the area under the curve.",
            schema: flag,
            example: false
        ),
    ]
    static let ifNoneMatch = Operation.Parameter(
        "If-None-Match",
        in: .header,
        "ETag of an answer that is there already; 304 where it is still true.",
        example: "W/\"0f8fad5bd9cb469fa16570867728950e\""
    )
    static let file = Operation.Parameter(
        "file",
        "What rejects call the body, such as the name of the file that it comes from.",
        schema: ["type": "string", "minLength": 1, "maxLength": 1000],
        example: "labels.csv"
    )
    static let mapping = [
        Operation.Parameter(
            "columns",
            "What the body calls a column: ours=theirs,… such as prediction_id=key."
        ),
        Operation.Parameter(
            "set",
            "A value for every row: ours=value,… such as version=r07."
        ),
        Operation.Parameter(
            "ignore",
            "Columns to leave out, with commas between."
        ),
    ]
}
