import Foundation

/// Where the demo's flights are.
struct DemoFiles: Sendable, Equatable {
    static let predictions = "flights_predictions.csv.gz"
    static let labels = "flights_labels.csv.gz"

    var directory: String

    init(directory: String) {
        self.directory = directory
    }

    /// Looks in the directory that was named; else in `./fixtures` and in `fixtures` of the directories
    /// above the program.
    ///
    /// - Throws: `CommandError.fixturesNotFound` with the places that were searched.
    init(named directory: String?) throws {
        let candidates = directory.map { [$0] } ?? Self.usualPlaces
        guard let found = candidates.first(where: Self.isComplete) else {
            throw CommandError.fixturesNotFound(searched: candidates)
        }
        self.directory = found
    }

    var predictionsPath: String { "\(directory)/\(Self.predictions)" }
    var labelsPath: String { "\(directory)/\(Self.labels)" }

    private static var usualPlaces: [String] {
        var places = ["fixtures"]
        let program = Bundle.main.executablePath ?? CommandLine.arguments[0]
        var above = URL(fileURLWithPath: program).resolvingSymlinksInPath()
            .deletingLastPathComponent()
        while above.path != "/" {
            places.append(above.appendingPathComponent("fixtures").path)
            above = above.deletingLastPathComponent()
        }
        return places
    }

    private static func isComplete(_ directory: String) -> Bool {
        [predictions, labels].allSatisfy {
            FileManager.default.isReadableFile(atPath: "\(directory)/\($0)")
        }
    }
}
