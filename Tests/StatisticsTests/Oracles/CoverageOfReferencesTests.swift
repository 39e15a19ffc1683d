import Foundation
import Testing

/// Every case of every reference file is either used by a test or listed with the reason why not.
@Suite struct CoverageOfReferencesTests {
    /// Cases that no test reads, with the reason; `docs/statistics.md` says the same.
    static let notUsed: [String: String] = [
        "06_anytime/bernoulli_ci":
            "The beta-binomial confidence sequence of one share is not offered.",
        "08_monitor/river": "Drift detectors without an error bound are not offered.",
    ]

    /// Beginnings of ids that tests put together from parts.
    static let built = [
        "01_binary/": ["champion_", "shadow_", "prop_", "edge_"],
        "04_calibration/": ["p_", "p_coarse_"],
        "05_paired/": ["mcnemar_", "multiple_", "ebh_", "adjusted_e_"],
        "07_recommended/": ["prequential_recalibration_"],
        "11_drift/": ["binned_"],
    ]

    @Test func `no reference case is skipped silently`() throws {
        let tests = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        var source = ""
        for file in try FileManager.default.contentsOfDirectory(atPath: tests.path)
        where file != "CoverageOfReferencesTests.swift" {
            source += try String(
                contentsOf: tests.appendingPathComponent(file),
                encoding: .utf8
            )
        }
        var unused: [String] = []
        var files = 0
        let topics = try FileManager.default.contentsOfDirectory(atPath: Fixtures.folder.path)
        for topic in topics.sorted() where !topic.hasPrefix(".") {
            let folder = Fixtures.folder.appendingPathComponent(topic)
            for file in try FileManager.default.contentsOfDirectory(atPath: folder.path)
            where file.hasSuffix(".json") {
                files += 1
                let root = Fixtures.json("\(topic)/\(file)")
                guard root.keys.contains("cases") else {
                    if !source.contains(file) { unused.append("\(topic)/\(file)") }
                    continue
                }
                for item in root["cases"].array {
                    let id = item["id"].string
                    let isBuilt = (Self.built["\(topic)/"] ?? []).contains { id.hasPrefix($0) }
                    if !isBuilt, !source.contains("\"\(id)\"") { unused.append("\(topic)/\(id)") }
                }
            }
        }
        #expect(files >= 20)
        #expect(Set(unused) == Set(Self.notUsed.keys))
    }
}
