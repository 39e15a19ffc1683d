import Statistics
import Testing

/// What a refit does with windows that nobody would wish for.
@Suite struct RetrainingPropertyTests {
    /// A window of random rows, in which the outcome depends on the first number.
    struct RandomWindow {
        var probabilities: [Double] = []
        var outcomes: [Bool] = []
        var numbers: [Double] = []
        var levels: [String] = []

        init(seed: UInt64, count: Int = 400) {
            var generator = SeededGenerator(seed: seed)
            for _ in 0..<count {
                let x = generator.nextNormal()
                probabilities.append(0.05 + 0.9 * generator.nextUniform())
                outcomes.append(generator.nextUniform() < Simulation.sigmoid(x))
                numbers.append(x)
                levels.append("level \(Int.random(in: 0..<30, using: &generator))")
            }
        }

        var features: [FeatureColumn] {
            [
                FeatureColumn(name: "x", values: numbers.map { .number($0) }),
                FeatureColumn(name: "c", values: levels.map { .level($0) }),
            ]
        }

        func fit(_ features: [FeatureColumn], _ outcomes: [Bool]? = nil) throws -> RetrainedModel? {
            RetrainedModel.fit(
                try RetrainingRows(
                    probabilities: probabilities,
                    outcomes: outcomes ?? self.outcomes,
                    features: features
                )
            )
        }

        /// The mean log loss on the window's own rows.
        func loss(_ model: RetrainedModel, _ features: [FeatureColumn]) throws -> Double {
            let byName = model.featureNames.map { name in features.first { $0.name == name } }
            let scores = probabilities.indices.map { row in
                model.score(
                    champion: probabilities[row],
                    features: byName.map { $0?.values[row] }
                )
            }
            return logLoss(try BinaryForecasts(probabilities: scores, outcomes: outcomes)).value
        }
    }

    static let window = RandomWindow(seed: 52)

    static func expectFinite(_ model: RetrainedModel) {
        #expect(model.coefficients.allSatisfy { $0.isFinite })
        for value in [nil, .number(.nan), .number(.infinity), .number(1e300), .level("new")]
            as [FeatureValue?]
        {
            for champion in [0, 1e-9, 0.5, 1] {
                let score = model.score(
                    champion: champion,
                    features: model.featureNames.map { _ in value }
                )
                #expect(score >= 0 && score <= 1)
            }
        }
    }

    @Test func `nothing is fitted to few rows, to one class or to a champion without errors`()
        throws
    {
        let few = RandomWindow(seed: 53, count: RetrainedModel.leastRows - 1)
        #expect(try few.fit(few.features) == nil)
        let enough = RandomWindow(seed: 53, count: RetrainedModel.leastRows)
        #expect(try enough.fit(enough.features) != nil)
        for outcome in [false, true] {
            let outcomes = enough.outcomes.map { _ in outcome }
            #expect(try enough.fit(enough.features, outcomes) == nil)
        }
        let exact = try RetrainingRows(
            predictions: enough.numbers,
            outcomes: enough.numbers,
            features: []
        )
        #expect(RetrainedModel.fit(exact) == nil)
    }

    @Test func `the order of features makes no difference`() throws {
        let window = Self.window
        let model = try window.fit(window.features)
        #expect(try window.fit(window.features.reversed()) == model)
    }

    @Test func `without features it is a recalibration with intercept and slope`() throws {
        let window = Self.window
        let model = try #require(try window.fit([]))
        var recalibration = PrequentialRecalibration(penalty: RetrainedModel.penalty)
        _ = recalibration.add(
            try BinaryForecasts(
                probabilities: window.probabilities,
                outcomes: window.outcomes
            )
        )
        let line = recalibration.nextFit()
        expectClose(model.coefficients, [line.intercept, line.slope - 1], relative: 1e-9)
    }

    @Test func `features that say nothing change nothing`() throws {
        let window = Self.window
        let model = try #require(try window.fit(window.features))
        let count = window.outcomes.count
        let silent: [(name: String, values: [FeatureValue?])] = [
            ("absent", [FeatureValue?](repeating: nil, count: count)),
            ("NaN", [FeatureValue?](repeating: .number(.nan), count: count)),
            ("infinite", (0..<count).map { .number($0 % 2 == 0 ? .infinity : -.infinity) }),
            ("huge", [FeatureValue?](repeating: .number(1e300), count: count)),
            ("constant", [FeatureValue?](repeating: .number(7), count: count)),
            ("same", [FeatureValue?](repeating: .level("same"), count: count)),
        ]
        for (name, values) in silent {
            let more = try #require(
                try window.fit(window.features + [FeatureColumn(name: name, values: values)])
            )
            #expect(more.coefficients == model.coefficients, "\(name)")
            Self.expectFinite(more)
        }
    }

    @Test func `copies of a column share its coefficient`() throws {
        let window = Self.window
        let copies = (0..<5).map {
            FeatureColumn(name: "x\($0)", values: window.features[0].values)
        }
        let one = try #require(try window.fit(window.features))
        let many = try #require(try window.fit(window.features + copies))
        Self.expectFinite(many)
        // The penalty is weaker on what five copies say together.
        #expect(try window.loss(many, window.features + copies) < window.loss(one, window.features))
        let width = 9
        let blocks = (0..<5).map { copy in
            Array(many.coefficients.suffix(width * (copy + 1)).prefix(width))
        }
        for block in blocks { expectClose(block, blocks[0], relative: 1e-9, absolute: 1e-11) }
    }

    @Test func `classes that a feature separates have a finite fit`() throws {
        let window = Self.window
        let outcomes = window.numbers.map { $0 > 0.3 }
        let model = try #require(try window.fit(window.features, outcomes))
        Self.expectFinite(model)
        let features = window.features.sorted { $0.name < $1.name }
        let right = window.probabilities.indices.count { row in
            let score = model.score(champion: 0.5, features: features.map { $0.values[row] })
            return (score > 0.5) == outcomes[row]
        }
        #expect(right > 380)
    }

    @Test func `a level that was never seen, or is missing, adds nothing`() throws {
        let window = Self.window
        let model = try #require(try window.fit(window.features))
        let counts = Dictionary(grouping: window.levels, by: \.self).mapValues(\.count)
        let most = try #require(counts.max { $0.value < $1.value }?.key)
        let known = model.designRow(champion: 0.5, features: [.level(most), .number(0.1)])
        let new = model.designRow(champion: 0.5, features: [.level("level 30"), nil])
        // The intercept, the level and the bin.
        #expect(known.count { $0 == 1 } == 3)
        #expect(new == [1] + [Double](repeating: 0, count: known.count - 1))
    }

    @Test func `texts among numbers are levels of their own`() throws {
        let window = Self.window
        let values = window.numbers.enumerated().map { row, number -> FeatureValue? in
            row % 9 == 0 ? .level(row % 2 == 0 ? "é" : "e\u{301}") : .number(number)
        }
        let model = try #require(try window.fit([FeatureColumn(name: "x", values: values)]))
        func columns(_ value: FeatureValue?) -> [Double] {
            Array(model.designRow(champion: 0.5, features: [value]).dropFirst(2))
        }
        #expect(columns(nil) == [Double](repeating: 0, count: 11))
        #expect(columns(.level("é")) == [Double](repeating: 0, count: 9) + [1, 0])
        // Texts are their bytes, though Swift compares them as characters.
        #expect(columns(.level("e\u{301}")) == [Double](repeating: 0, count: 10) + [1])
        #expect(columns(.number(99))[8] == 1)
        // Beyond the range a number is as far as the range goes.
        #expect(columns(.number(99)) == columns(.number(9)))
    }

    @Test func `numbers in another unit are fitted alike`() throws {
        var generator = SeededGenerator(seed: 54)
        let window = Self.window
        let predictions = window.probabilities.map { 50 * $0 }
        let outcomes = zip(predictions, window.numbers).map { forecast, x in
            // Errors of a heavy tail: a normal number over a uniform one.
            forecast + 3 * x + generator.nextNormal() / (0.01 + generator.nextUniform())
        }
        func fit(_ unit: Double) throws -> RetrainedModel {
            try #require(
                RetrainedModel.fit(
                    try RetrainingRows(
                        predictions: predictions.map { unit * $0 },
                        outcomes: outcomes.map { unit * $0 },
                        features: window.features
                    )
                )
            )
        }
        let model = try fit(1)
        let features: [FeatureValue?] = [.level("level 3"), .number(1)]
        let score = model.score(champion: 20, features: features)
        #expect(score > 21 && score < 24)
        for unit in [1e-40, 0.001, 1e40] {
            let scaled = try fit(unit)
            expectClose(
                scaled.coefficients,
                model.coefficients,
                relative: 1e-9,
                absolute: 1e-11
            )
            expectClose(
                scaled.score(champion: unit * 20, features: features),
                unit * score,
                relative: 1e-11
            )
        }
    }

    @Test func `a share of rows that are far off is fitted from where no curvature is`() throws {
        let window = Self.window
        // A level under which the champion is off by 500 times its usual error.
        let isOff = window.levels.map { $0 < "level 2" }
        var generator = SeededGenerator(seed: 55)
        let outcomes = isOff.map { ($0 ? 500 : 0) + generator.nextNormal() }
        let rows = try RetrainingRows(
            predictions: outcomes.map { _ in 0 },
            outcomes: outcomes,
            features: [FeatureColumn(name: "off", values: isOff.map { .level("\($0)") })]
        )
        let model = try #require(RetrainedModel.fit(rows))
        expectClose(
            model.score(champion: 0, features: [.level("false")]),
            0,
            relative: 0,
            absolute: 5
        )
        #expect(model.score(champion: 0, features: [.level("true")]) > 10)
    }

    @Test func `numbers at the limit of magnitude stay finite`() throws {
        var generator = SeededGenerator(seed: 56)
        for _ in 0..<40 {
            let count = 220
            let features = (0..<3).map { index in
                FeatureColumn(
                    name: "\(index)",
                    values: FiniteResultTests.numbers(count, &generator).map { .number($0) }
                )
            }
            let rows = try RetrainingRows(
                predictions: FiniteResultTests.numbers(count, &generator),
                outcomes: FiniteResultTests.numbers(count, &generator),
                features: features
            )
            let model = try #require(RetrainedModel.fit(rows))
            FiniteResultTests.expectFinite(model.coefficients)
            for champion in [0, 1e60, -1e60, 1e-60] {
                FiniteResultTests.expectFinite([
                    model.score(
                        champion: champion,
                        features: [.number(1e60), nil, .number(-1e-300)]
                    )
                ])
            }
        }
    }

    @Test func `columns of another length are refused`() throws {
        let error = #expect(throws: StatisticsError.self) {
            try RetrainingRows(
                probabilities: [0.5, 0.5],
                outcomes: [true, false],
                features: [FeatureColumn(name: "age", values: [nil])]
            )
        }
        #expect(
            error?.description
                == "There are 2 scores but 1 values of the feature age; there must be as many."
        )
    }
}
