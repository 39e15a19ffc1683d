import Contract
import Dashboard

/// What is said of pages; they stand in no documentation of the API, and their parameters are checked all the same.
enum PageDocumentation {
    static let overview = page("showOverview", "All tasks", [part, Parameters.asOf])

    static func asset(_ asset: Asset) -> Operation {
        Operation(
            "load\(asset.path)",
            "A file that pages load",
            tag: .service,
            parameters: [.init("v", "Its version.", example: "1")],
            success: .init("The file.", nil)
        )
    }

    private static let part = Operation.Parameter(
        "page",
        "The number of the page of the list.",
        schema: ["type": "integer", "minimum": 1],
        example: 1
    )

    static func page(
        _ id: String,
        _ summary: String,
        _ parameters: [Operation.Parameter]
    ) -> Operation {
        Operation(
            id,
            summary,
            tag: .service,
            parameters: parameters,
            success: .init("The page.", nil)
        )
    }
}
