import Contract
import Dashboard
import Evaluation
import Harness
import HTTPTypes

/// The pages of the dashboard.
package struct PageRoutes: Sendable {
    let backend: Backend

    package init(backend: Backend) {
        self.backend = backend
    }

    /// A page of a task.
    private func page(
        _ path: String,
        _ id: String,
        _ summary: String,
        _ parameters: [Operation.Parameter] = [],
        through turnstile: Turnstile? = nil,
        _ make: @escaping @Sendable (Call) async throws -> Page
    ) -> Route {
        let operation = Operation.page(
            id,
            summary,
            [CommonParameters.task] + parameters + [CommonParameters.asOf]
        )
        return Route(.get, "/tasks/{task}\(path)", .page(.read), operation) { call in
            Answer(
                page: try await (turnstile ?? backend.questions).pass { try await make(call) }
            )
        }
    }

    private var overview: Route {
        let part = Operation.Parameter(
            "page",
            "The number of the page of the list.",
            schema: ["type": "integer", "minimum": 1],
            example: 1
        )
        return Route(
            .get,
            "/",
            .page(.read),
            .page("showOverview", "All tasks", [part, CommonParameters.asOf])
        ) { call in
            try await OverviewRoute(backend: backend).page(call)
        }
    }

    private var figure: Route {
        let file = Operation.Parameter(
            "file",
            in: .path,
            "metric.svg, metric.csv, …",
            example: "metric.svg"
        )
        return Route(
            .get,
            "/tasks/{task}/charts/{file}",
            .page(.read),
            .page(
                "loadFigure",
                "A drawing as a file",
                [CommonParameters.task, file] + PageParameters.figure + [CommonParameters.asOf]
            )
        ) { call in
            try await FigureRoute(backend: backend).file(call)
        }
    }

    private var pages: [Route] {
        [
            page(
                "",
                "showMetric",
                "A task's metric over time",
                PageParameters.chosen + [PageParameters.exact]
            ) { try await MetricRoute(backend: backend).page($0).page },
            page(
                "/rows",
                "showRows",
                "The predictions behind a number",
                PageParameters.chosen.without("metric", "by") + [
                    .init("order", "time or worst.", example: "time")
                ] + CommonParameters.page(after: "1357034400000000", "1", "2", "champion")
            ) { try await RowsRoute(backend: backend).rows($0).page },
            page(
                "/pairs",
                "showPairs",
                "The requests on which champion and shadow are farthest apart",
                PageParameters.pairs
            ) { try await PairsRoute(backend: backend).page($0).page },
            page(
                "/predictions/{prediction_id}",
                "showPrediction",
                "All that is known of one prediction id",
                [.init("prediction_id", in: .path, "As it was sent.", example: "f-1")]
            ) { try await RowsRoute(backend: backend).prediction($0).page },
            page(
                "/calibration",
                "showCalibration",
                "A model's reliability",
                PageParameters.chosen.without("metric", "by") + [
                    PageParameters.bins, PageParameters.exact,
                ]
            ) { try await CalibrationRoute(backend: backend).page($0).page },
            page(
                "/comparison",
                "showComparison",
                "The champion against its shadows",
                PageParameters.comparison,
                through: backend.decisions
            ) { try await ComparisonRoute(backend: backend).page($0).page },
            page(
                "/recommendation",
                "showRecommendation",
                "What to do about the champion",
                PageParameters.recommendation,
                through: backend.decisions
            ) { try await RecommendationRoute(backend: backend).page($0).page },
            page("/labels", "showLabels", "What is known of the labels") {
                try await LabelsRoute(backend: backend).page($0).page
            },
            page(
                "/slices",
                "showSlices",
                "A task's metric by slice",
                PageParameters.chosen.without("by", "model", "slice")
            ) { try await SlicesRoute(backend: backend).page($0).page },
            page(
                "/uploads",
                "showUploads",
                "What was uploaded, and what of it was taken back",
                CommonParameters.page(after: "17").without("limit")
            ) { try await UploadsRoute(backend: backend).page($0).page },
            page("/settings", "showSettings", "The settings, and what they were before") {
                try await SettingsRoute(backend: backend).page($0).page
            },
        ]
    }

    package var routes: [Route] { [overview] + pages + [figure] + AssetRoutes().routes }
}
