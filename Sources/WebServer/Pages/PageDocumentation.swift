import Contract
import Dashboard

/// What is said of pages; they stand in no documentation of the API, and their parameters are checked all the same.
enum PageDocumentation {
    static let overview = page("showOverview", "All tasks", [part, Parameters.asOf])

    static let metric = task("showMetric", "A task's metric over time", chosen + [exact])
    static let rows = task(
        "showRows",
        "The predictions behind a number",
        chosen.filter { $0.name != "metric" && $0.name != "by" } + [
            .init("order", "time or worst.", example: "time")
        ] + Parameters.page(after: "1357034400000000", "1", "2", "champion")
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
        chosen.filter { $0.name == "metric" } + [minimumGain, exact]
    )
    static let recommendation = task("showRecommendation", "What to do about the champion", [])
    static let labels = task("showLabels", "What is known of the labels", [])
    static let slices = task(
        "showSlices",
        "A task's metric by slice",
        chosen.filter { ["metric", "from", "to"].contains($0.name) }
    )
    static let uploads = task(
        "showUploads",
        "What was uploaded, and what of it was taken back",
        Parameters.page(after: "17").filter { $0.name == "cursor" }
    )
    static let figure = Operation(
        "loadFigure",
        "A drawing as a file",
        tag: .service,
        parameters: [
            Parameters.task,
            .init("file", in: .path, "metric.svg, metric.csv, …", example: "metric.svg"),
            shadow, bins, minimumGain, exact,
        ] + chosen + [Parameters.asOf],
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
        schema: Parameters.flag,
        example: true
    )
    private static let shadow = Operation.Parameter("shadow", "One shadow.", example: "shadow")
    private static let minimumGain = Operation.Parameter(
        "minimum_gain",
        "The least gain that matters.",
        schema: ["type": "number"],
        example: 0.001
    )
    private static let bins = Operation.Parameter(
        "bins",
        "How many bins.",
        schema: ["type": "integer"],
        example: 10
    )

    static func task(
        _ id: String,
        _ summary: String,
        _ parameters: [Operation.Parameter]
    ) -> Operation {
        page(id, summary, [Parameters.task] + parameters + [Parameters.asOf])
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
