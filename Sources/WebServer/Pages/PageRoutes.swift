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

    private func page(
        _ name: String,
        _ operation: Operation,
        through turnstile: Turnstile? = nil,
        _ make: @escaping @Sendable (Call) async throws -> Page
    ) -> Route {
        Route(.get, "/tasks/{task}\(name)", .page(.read), operation) { call in
            Answer(
                page: try await (turnstile ?? backend.questions).pass { try await make(call) }
            )
        }
    }

    package var routes: [Route] {
        [
            Route(.get, "/", .page(.read), PageDocumentation.overview) { call in
                try await OverviewRoute(backend: backend).page(call)
            },
            page("", PageDocumentation.metric) {
                try await MetricRoute(backend: backend).page($0).page
            },
            page("/rows", PageDocumentation.rows) {
                try await RowsRoute(backend: backend).rows($0).page
            },
            page("/predictions/{prediction_id}", PageDocumentation.prediction) {
                try await RowsRoute(backend: backend).prediction($0).page
            },
            page("/calibration", PageDocumentation.calibration) {
                try await CalibrationRoute(backend: backend).page($0).page
            },
            page("/comparison", PageDocumentation.comparison, through: backend.decisions) {
                try await ComparisonRoute(backend: backend).page($0).page
            },
            page("/recommendation", PageDocumentation.recommendation, through: backend.decisions) {
                try await RecommendationRoute(backend: backend).page($0).page
            },
            page("/labels", PageDocumentation.labels) {
                try await LabelsRoute(backend: backend).page($0).page
            },
            page("/slices", PageDocumentation.slices) {
                try await SlicesRoute(backend: backend).page($0).page
            },
            page("/uploads", PageDocumentation.uploads) {
                try await UploadsRoute(backend: backend).page($0).page
            },
            Route(.get, "/tasks/{task}/charts/{file}", .page(.read), PageDocumentation.figure) {
                try await FigureRoute(backend: backend).file($0)
            },
        ] + AssetRoutes().routes
    }
}
