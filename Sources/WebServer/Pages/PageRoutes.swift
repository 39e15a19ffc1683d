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

    package var routes: [Route] {
        [
            Route(.get, "/", .page(.read), PageDocumentation.overview) { call in
                try await OverviewRoute(backend: backend).page(call)
            }
        ] + AssetRoutes().routes
    }
}
