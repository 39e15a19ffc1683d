import Contract
import Dashboard

/// What is said of pages; they stand in no documentation of the API, and their parameters are checked all the same.
enum PageDocumentation {
    static let overview = page("showOverview", "All tasks", [part, CommonParameters.asOf])

    static let metric = task("showMetric", "A task's metric over time", chosen + [exact])
    static let rows = task(
        "showRows",
        "The predictions behind a number",
        chosen.filter { $0.name != "metric" && $0.name != "by" } + [
            .init("order", "time or worst.", example: "time")
        ] + CommonParameters.page(after: "1357034400000000", "1", "2", "champion")
    )
    static let prediction = task(
        "showPrediction",
        "All that is known of one prediction id",
        [.init("prediction_id", in: .path, "As it was sent.", example: "f-1")]
    )
    static let calibration = task(
        "showCalibration",
        "A model's reliability",
        chosen.filter { $0.name != "metric" && $0.name != "by" } + [bins, exact]
    )
    static let comparison = task(
        "showComparison",
        "The champion against its shadows",
        asked(of: DecisionDocumentation.comparison)
    )
    static let recommendation = task(
        "showRecommendation",
        "What to do about the champion",
        asked(of: DecisionDocumentation.recommendation)
    )
    static let labels = task("showLabels", "What is known of the labels", [])
    static let slices = task(
        "showSlices",
        "A task's metric by slice",
        chosen.filter { ["metric", "from", "to"].contains($0.name) }
    )
    static let uploads = task(
        "showUploads",
        "What was uploaded, and what of it was taken back",
        CommonParameters.page(after: "17").filter { $0.name == "cursor" }
    )
    static let figure = Operation(
        "loadFigure",
        "A drawing as a file",
        tag: .service,
        parameters: [
            CommonParameters.task,
            .init("file", in: .path, "metric.svg, metric.csv, …", example: "metric.svg"),
            bins, exact,
        ] + chosen + decided + [CommonParameters.asOf],
        success: .init("The file.", nil)
    )

    private static let chosen: [Operation.Parameter] = [
        .init("metric", "The metric.", example: "brier_score"),
        .init("by", "day, week or month.", example: "week"),
        .init("model", "One model.", example: "champion"),
        .init("slice", "One slice, as key=value.", example: "origin=JFK"),
        .init("from", "From this date or instant on.", example: "2013-01-01"),
        .init("to", "Up to this date or instant.", example: "2013-02-01"),
    ]
    private static let exact = Operation.Parameter(
        "exact",
        "Read the rows for what is not exact from cells.",
        schema: CommonParameters.flag,
        example: true
    )
    /// What drawings of decisions take that others do not.
    private static let decided = (comparison.parameters + recommendation.parameters).filter {
        parameter in
        parameter.place == .query && parameter.name != CommonParameters.asOf.name
            && !(chosen + [exact]).contains { $0.name == parameter.name }
    }
    private static let bins = Operation.Parameter(
        "bins",
        "How many bins.",
        schema: ["type": "integer"],
        example: 10
    )

    /// A page takes what the question takes, but for what means something to a command line only.
    private static func asked(of operation: Operation) -> [Operation.Parameter] {
        operation.parameters.filter {
            $0.place == .query && $0.name != CommonParameters.asOf.name
                && $0.name != DecisionDocumentation.exitCode.name
        }
    }

    static func task(
        _ id: String,
        _ summary: String,
        _ parameters: [Operation.Parameter]
    ) -> Operation {
        page(id, summary, [CommonParameters.task] + parameters + [CommonParameters.asOf])
    }

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
