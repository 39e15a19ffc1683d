import Contract
import Dashboard
import HTTPTypes

/// The files that pages load: for everybody, since the page that asks for a token loads them too.
struct AssetRoutes: Sendable {
    var routes: [Route] {
        Asset.all.map { asset in
            Route(
                .get,
                asset.path,
                .publicPage,
                .page(
                    "load\(asset.path)",
                    "A file that pages load",
                    [.init("v", "Its version.", example: "1")]
                )
            ) { _ in
                var answer = Answer(contentType: asset.contentType, body: Array(asset.content.utf8))
                answer.headers[.cacheControl] = "public, max-age=31536000, immutable"
                return answer
            }
        }
    }
}
