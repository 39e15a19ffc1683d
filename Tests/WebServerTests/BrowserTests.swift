import EmbeddedPostgres
import Foundation
import HTTPTypes
import Logging
import Postgres
import TestSupport
import Testing

@testable import WebServer

/// The pages in a real browser, on the flights.
@Suite(.temporaryDatabase, .hangLimit)
struct BrowserTests {
    /// `scripts/setup` installs the browser on Debian and Ubuntu, and `scripts/test` what drives it.
    private static var hasBrowser: Bool {
        FileManager.default.isExecutableFile(atPath: "/usr/bin/chromium")
            && FileManager.default.fileExists(
                atPath: "\(Repository.path)/.build-tools/browser/complete"
            )
    }

    @Test(.enabled(if: hasBrowser))
    func `every page is without faults, and none is left out`() async throws {
        let pictures = "\(Repository.path)/.build/screenshots"
        var script = try Executable()
        let gnomon = script.path
        script.path = "\(Repository.path)/scripts/browser"
        script.environment["GNOMON_EXECUTABLE"] = gnomon
        script.environment["GNOMON_FLIGHTS_UNTIL"] = "2013-05-10"
        let outcome = try await script.run([pictures])
        #expect(outcome.status == 0, "\(outcome.errors)")

        let data = try Data(contentsOf: URL(fileURLWithPath: "\(pictures)/pages.json"))
        let opened = try #require(try JSONSerialization.jsonObject(with: data) as? [String])
        let server = try GnomonServer(
            ServerSettings(),
            database: TemporaryDatabase.configuration,
            log: Logger(label: "tests") { _ in SwiftLogNoOpLogHandler() }
        )
        let pages = server.table.routes.filter { $0.access.isPage && $0.method == .get }
        #expect(pages.count > 8)
        for page in pages where page.path.text != "/login" && !page.path.text.hasPrefix("/assets") {
            #expect(opened.contains(page.path.text), "no page leads to \(page.path.text)")
        }
        await server.backend.close()
    }
}
