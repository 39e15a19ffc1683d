import Testing

@testable import Statistics

extension RetrainedModel {
    /// The row of the design: 1, the champion, and the features.
    func designRow(champion: Double, features: [FeatureValue?]) -> [Double] {
        var row = [Double](repeating: 0, count: design.width)
        design.forEachEntry(champion: champion, feature: { features[$0] }) { row[$0] = $1 }
        return row
    }
}

/// Refitted models against the formulas worked out with a dense design in another language.
@Suite struct RetrainingTests {
    static let oracle = Oracle("14_retraining")

    /// A window of a file, with the features and scores of the rows that came after it.
    struct Window {
        let names: [String]
        let scores: [Double]
        let outcomes: [Double]
        let values: [[FeatureValue?]]
        let fitted: Int

        init(_ item: Oracle.Case) throws {
            let columns = Fixtures.csv("14_retraining/\(try #require(item.input))")
            func numbers(_ name: String) throws -> [Double] {
                try #require(columns[name]).compactMap { Double($0) }
            }
            names = item.parameters["features"].array.map(\.string).sorted()
            scores = try numbers("score")
            outcomes = try numbers("y")
            values = try names.map { try #require(columns[$0]).map(Self.value) }
            fitted = try #require(columns["use"]).count { $0 == "fit" }
        }

        static func value(_ field: String) -> FeatureValue? {
            if field.isEmpty { return nil }
            return Double(field).map { .number($0) } ?? .level(field)
        }

        /// The rows to fit, as they are or in another order of rows and features.
        func rows(_ kind: String, order: [Int]? = nil) throws -> RetrainingRows {
            let order = order ?? Array(0..<fitted)
            let features = zip(names, values).map { name, values in
                FeatureColumn(name: name, values: order.map { values[$0] })
            }
            let scores = order.map { self.scores[$0] }
            let outcomes = order.map { self.outcomes[$0] }
            return kind == "classes"
                ? try RetrainingRows(
                    probabilities: scores,
                    outcomes: outcomes.map { $0 == 1 },
                    features: features
                )
                : try RetrainingRows(
                    predictions: scores,
                    outcomes: outcomes,
                    features: features.reversed()
                )
        }

        func features(_ row: Int) -> [FeatureValue?] { values.map { $0[row] } }
    }

    @Test(arguments: ["classes", "separated", "recalibrated", "numbers", "exact"])
    func `design, coefficients and scores agree`(id: String) throws {
        let item = Self.oracle[id]
        let window = try Window(item)
        let model = try #require(
            RetrainedModel.fit(try window.rows(item.parameters["kind"].string))
        )
        let (rtol, e) = (item.relativeTolerance, item.expected)
        for row in e["design"].keys {
            let index = try #require(Int(row))
            expectClose(
                model.designRow(
                    champion: window.scores[index],
                    features: window.features(index)
                ),
                e["design"][row].doubles,
                relative: rtol,
                absolute: 1e-12
            )
        }
        // Coefficients of order 1, of which some cancel.
        expectClose(
            model.coefficients,
            e["coefficients"].doubles,
            relative: rtol,
            absolute: 1e-10
        )
        expectClose(
            window.scores.indices.map {
                model.score(champion: window.scores[$0], features: window.features($0))
            },
            e["scores"].doubles,
            relative: rtol
        )
    }

    @Test(arguments: ["classes", "numbers", "exact"])
    func `the order of rows moves coefficients by rounding and the design not at all`(
        id: String
    ) throws {
        let item = Self.oracle[id]
        let window = try Window(item)
        let kind = item.parameters["kind"].string
        let model = try #require(RetrainedModel.fit(try window.rows(kind)))
        var generator = SeededGenerator(seed: 51)
        let order = Array(0..<window.fitted).shuffled(using: &generator)
        let other = try #require(RetrainedModel.fit(try window.rows(kind, order: order)))
        expectClose(other.coefficients, model.coefficients, relative: 1e-9, absolute: 1e-11)
        for row in window.scores.indices {
            let (champion, features) = (window.scores[row], window.features(row))
            #expect(
                other.designRow(champion: champion, features: features)
                    == model.designRow(champion: champion, features: features)
            )
        }
    }
}
