import EmbeddedPostgres
import Foundation
import TestSupport

/// The files that are uploaded: all that can be said of a prediction and of a label, in a few thousand rows.
struct FaultInput: Sendable {
    var directory: String

    static let ids = 2500
    /// As many parts of the predictions, uploaded one by one, make the last one fold the cells.
    static let parts = 9
    private static let days = 8

    var predictions: String { "\(directory)/predictions.csv.gz" }
    var labels: String { "\(directory)/labels.csv" }
    /// Whom to forget.
    var subjects: String { "\(directory)/subjects.csv" }
    func part(_ number: Int) -> String { "\(directory)/part-\(number).csv" }

    /// Runs the body with the files in a directory of their own.
    static func with(
        seed: Int,
        _ body: (FaultInput) async throws -> Void
    ) async throws {
        let directory = FileManager.default.temporaryDirectory
            .appendingPathComponent("gnomon-faults-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(
            atPath: directory,
            withIntermediateDirectories: true
        )
        defer { try? FileManager.default.removeItem(atPath: directory) }
        var generator = TestGenerator(seed: UInt64(seed))
        let input = FaultInput(directory: directory)
        try input.write(using: &generator)
        try await body(input)
    }

    private func write(using generator: inout TestGenerator) throws {
        let header = "prediction_id,predicted_at,model,score,country"
        let rows = (0..<Self.ids).flatMap { predictionRows($0, using: &generator) }
            .shuffled(using: &generator)
        let plain = "\(directory)/predictions.csv"
        try ([header] + rows).writeLines(to: plain)
        for number in 0..<Self.parts {
            let own = rows.enumerated().filter { $0.offset % Self.parts == number }
            try ([header] + own.map(\.element)).writeLines(to: part(number))
        }
        // A sixth of the labels are of predictions that nobody made.
        let labelRows = (0..<Self.ids * 6 / 5).flatMap { self.labelRows($0, using: &generator) }
        try (["prediction_id,observed_at,label,source"] + labelRows.shuffled(using: &generator))
            .writeLines(to: labels)
        try (["prediction_id"] + (0..<Self.ids / 2).map { "id-\($0)" }).writeLines(to: subjects)
        let outcome = try Command(arguments: ["/usr/bin/env", "gzip", "-n", plain]).run()
        guard outcome.status == 0 else { throw NotCompressed(reason: outcome.errors) }
    }

    struct NotCompressed: Error {
        var reason: String
    }

    /// Two models; now and then the same again, something else for the same id, and what is no score.
    private func predictionRows(_ id: Int, using generator: inout TestGenerator) -> [String] {
        let minute = Int.random(in: 0..<Self.days * 1440, using: &generator)
        let country = id.isMultiple(of: 3) ? "DE" : "FR"
        var rows: [String] = []
        for model in ["gbm", "net"] {
            func row(_ score: String, later: Int = 0) -> String {
                "id-\(id),\(Self.instant(minute + later)),\(model),\(score),\(country)"
            }
            let score = "0.\(Int.random(in: 100_000...999_999, using: &generator))"
            rows.append(row(score))
            switch Int.random(in: 0..<40, using: &generator) {
            case 0, 1: rows.append(row(score))
            case 2, 3: rows.append(row("0.5", later: 1))
            case 4: rows.append(row("1.2"))
            default: break
            }
        }
        return rows
    }

    /// Mostly one label; now and then a correction, a withdrawal, the same again, and what is no label.
    private func labelRows(_ id: Int, using generator: inout TestGenerator) -> [String] {
        guard Int.random(in: 0..<10, using: &generator) > 0 else { return [] }
        let minute = Int.random(in: Self.days * 1440..<(Self.days + 4) * 1440, using: &generator)
        func row(_ value: String, later: Int = 0) -> String {
            "id-\(id),\(Self.instant(minute + later)),\(value),feed"
        }
        let value = Bool.random(using: &generator) ? "1" : "0"
        var rows = [row(value)]
        switch Int.random(in: 0..<20, using: &generator) {
        case 0, 1: rows.append(row(value == "1" ? "0" : "1", later: 60))
        case 2: rows.append(row("withdrawn", later: 90))
        case 3, 4: rows.append(row(value))
        case 5: rows.append(row("maybe"))
        default: break
        }
        return rows
    }

    private static func instant(_ minute: Int) -> String {
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return "2024-03-\(two(minute / 1440 + 1))T\(two(minute / 60 % 24)):\(two(minute % 60)):00Z"
    }
}

extension [String] {
    fileprivate func writeLines(to path: String) throws {
        try (joined(separator: "\n") + "\n").write(toFile: path, atomically: true, encoding: .utf8)
    }
}
