import Contract
import Crypto
import Dashboard
import Evaluation
import Foundation
import HTTPTypes

/// The drawings of pages as files: the picture as SVG, its numbers as CSV.
struct FigureRoute: Sendable {
    let backend: Backend

    func file(_ call: Call) async throws -> Answer {
        let file = try call.segment("file")
        guard let dot = file.lastIndex(of: ".") else { throw Self.unknown(file) }
        let name = String(file[..<dot])
        guard let figure = try await figure(name, call) else { throw Self.unknown(file) }
        switch file[dot...] {
        case ".svg":
            var answer = Answer(
                drawing: figure.svg.text,
                contentType: "image/svg+xml; charset=utf-8"
            )
            answer.headers[.cacheControl] = "private, no-cache"
            return answer
        case ".csv":
            var answer = Answer(
                contentType: "text/csv; charset=utf-8",
                body: Array(figure.numbers.csv.utf8)
            )
            answer.headers[.cacheControl] = "private, no-cache"
            return answer
        default: throw Self.unknown(file)
        }
    }

    private func figure(_ name: String, _ call: Call) async throws -> Figure? {
        let turnstile =
            Self.decisions.contains(name) ? backend.decisions : backend.questions
        return try await turnstile.pass {
            switch name {
            case "metric": try await MetricRoute(backend: backend).page(call).figure
            case "reliability": try await CalibrationRoute(backend: backend).page(call).figure
            case "gain":
                try await ComparisonRoute(backend: backend).page(call)
                    .figure(shadow: call.query.list("shadow")?.first.map { Name($0) })
            case "risk", "evidence", "retraining":
                try await RecommendationRoute(backend: backend).page(call).figures
                    .first { $0.name == name }
            case "arrivals", "delay":
                try await LabelsRoute(backend: backend).page(call).figures
                    .first { $0.name == name }
            case "slices": try await SlicesRoute(backend: backend).page(call).figure
            default: nil
            }
        }
    }

    /// Drawings of what decisions rest on, which are worked out as those are.
    private static let decisions: Set = ["gain", "risk", "evidence", "retraining"]

    private static func unknown(_ file: String) -> Problem {
        Problem(
            .notFound,
            "There is no drawing \"\(file)\" here. Drawings end in .svg or .csv, and may have nothing to show yet."
        )
    }
}

extension Answer {
    /// A drawing, which may use its own style and nothing else.
    init(drawing svg: String, contentType: String) {
        self.init(contentType: contentType, body: Array(svg.utf8))
        let digest = Data(SHA256.hash(data: Data(Figure.style.utf8))).base64EncodedString()
        headers[.contentSecurityPolicy] =
            "default-src 'none'; style-src 'sha256-\(digest)'; frame-ancestors 'none'"
    }
}
