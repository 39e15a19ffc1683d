package import Contract

/// What the documentation says of a route.
package struct Operation: Sendable {
    /// A verb and a noun, unique: what generated clients call it.
    package var id: String
    package var summary: String
    /// Markdown without headings.
    package var description: String
    package var tag: Tag
    package var parameters: [Parameter]
    package var body: Body?
    package var success: Success
    package var problems: [Problem.Kind]

    package enum Tag: String, Sendable, CaseIterable {
        case tasks = "Tasks and models"
        case uploads = "Uploads"
        case answers = "Answers"
        case access = "Access"
        case service = "The service itself"
    }

    package struct Parameter: Sendable {
        package var name: String
        package var place: Place
        package var description: String
        package var schema: JSONValue
        /// Goes with the other examples of the operation; `nil` where none does.
        package var example: JSONValue?
        package var isRequired: Bool

        package enum Place: String, Sendable {
            case query
            case path
            case header
        }

        package init(
            _ name: String,
            in place: Place = .query,
            _ description: String,
            schema: JSONValue = ["type": "string"],
            example: JSONValue? = nil,
            isRequired: Bool = false
        ) {
            self.name = name
            self.place = place
            self.description = description
            self.schema = schema
            self.example = example
            self.isRequired = isRequired || place == .path
        }
    }

    package struct Body: Sendable {
        package var contents: [Content]
        package var isRequired: Bool

        package init(_ contents: [Content], isRequired: Bool = true) {
            self.contents = contents
            self.isRequired = isRequired
        }
    }

    package struct Content: Sendable {
        package var type: String
        package var schema: JSONValue
        package var example: JSONValue

        package init(_ type: String, schema: JSONValue, example: JSONValue) {
            self.type = type
            self.schema = schema
            self.example = example
        }
    }

    package struct Success: Sendable {
        package var status: Int
        package var description: String
        package var content: Content?
        package var headers: [String: String]
        /// Whether it can be had as text and as CSV as well.
        package var hasForms: Bool

        package init(
            _ description: String,
            status: Int = 200,
            _ content: Content?,
            headers: [String: String] = [:],
            hasForms: Bool = false
        ) {
            self.status = status
            self.description = description
            self.content = content
            self.headers = headers
            self.hasForms = hasForms
        }
    }

    package init(
        _ id: String,
        _ summary: String,
        _ description: String = "",
        tag: Tag,
        parameters: [Parameter] = [],
        body: Body? = nil,
        success: Success,
        problems: [Problem.Kind] = []
    ) {
        self.id = id
        self.summary = summary
        self.description = description
        self.tag = tag
        self.parameters = parameters
        self.body = body
        self.success = success
        self.problems = problems
    }
}
