import Foundation
import Statistics
import Testing

/// The worked examples of the articles, line by line, with what the articles say about them.
@Suite struct ArticleTests {
    @Test func `scoring five forecasts`() throws {
        let forecasts = try BinaryForecasts(
            probabilities: [0.9, 0.8, 0.3, 0.2, 0.6],
            outcomes: [true, true, false, false, false]
        )
        let brier = brierScore(forecasts)
        let loss = logLoss(forecasts)
        let decisions = ConfusionCounts(forecasts, threshold: 0.5)
        let precision = decisions.precision

        expectClose(brier, 0.108, relative: 1e-14)
        #expect(loss.clippedCount == 0 && loss.value > 0)
        expectClose(precision, 2.0 / 3, relative: 1e-15)
    }

    @Test func `ranking seven cases`() throws {
        let ranked = try BinaryForecasts(
            probabilities: [0.1, 0.4, 0.35, 0.8, 0.4, 0.7, 0.9],
            outcomes: [false, false, false, false, true, true, true]
        )
        let estimate = deLong(ranked)
        let interval = estimate?.interval(level: 0.95)
        let bounded = areaUnderCurve(ScoreHistogram(ranked, binCount: 10))

        expectClose(estimate?.area, 9.5 / 12, relative: 1e-15)
        expectClose(estimate?.standardError, (1.0 / 27).squareRoot(), relative: 1e-13)
        #expect(try #require(interval).high < 1)
        #expect(try #require(bounded).bounds.contains(9.5 / 12))
    }

    @Test func `judging the calibration of ten forecasts`() throws {
        let scores = [0.1, 0.1, 0.3, 0.3, 0.5, 0.5, 0.7, 0.7, 0.9, 0.9]
        let happened = [false, false, false, true, false, true, true, true, true, true]
        let judged = try BinaryForecasts(probabilities: scores, outcomes: happened)
        let parts = scoreDecomposition(judged)
        let rebuilt = parts.miscalibration - parts.discrimination + parts.uncertainty
        let bins = CalibrationBins(equalWidth: judged, count: 5)
        let error = bins.expectedCalibrationError()

        expectClose(rebuilt, parts.score, relative: 1e-14)
        // Five pairs forecast 0.1 to 0.9 of which 0, 1, 1, 2 and 2 happen: only 0.1 and 0.9 gain.
        #expect(parts.miscalibration > 0 && parts.discrimination > parts.miscalibration)
        expectClose(error, (0.1 + 0.2 + 0 + 0.3 + 0.1) / 5, relative: 1e-13)
    }

    @Test func `quoting the mean of four days`() throws {
        let day = try CohortSums(counts: [100, 120, 80, 110], sums: [18, 30, 12, 22])
        let loss = blockMean(day)
        let lossInterval = loss?.interval(level: 0.95)
        let share = wilsonInterval(successes: 3, trials: 100_000)
        let exact = clopperPearsonInterval(successes: 0, trials: 10)

        expectClose(loss?.mean, 0.2, relative: 1e-14)
        #expect(loss?.degreesOfFreedom == 3)
        #expect(try #require(lossInterval).contains(0.2))
        #expect(try #require(share).low > 0)
        #expect(exact?.low == 0)
    }

    @Test func `comparing right and wrong decisions`() throws {
        let mcNemar = McNemar(championOnly: 59, shadowOnly: 121)
        let p = mcNemar.midPValue
        let gain = accuracyGain(championOnly: 59, shadowOnly: 121, total: 314)
        let adjusted = try PValueAdjustment.holm.adjust([0.01, 0.04, 0.03])

        expectClose(p, 3.2666467957745733e-06, relative: 1e-12)
        expectClose(gain?.gain, 62.0 / 314, relative: 1e-15)
        expectClose(adjusted, [0.03, 0.06, 0.06], relative: 1e-14)
    }

    @Test func `looking at evidence at any time`() throws {
        var evidence = RangeAdaptiveBernstein()
        for row in 0..<200 {
            // The shadow is right about a hard case in five, the champion never.
            let outcome = row % 5 == 0
            evidence.add(
                .brier(champion: 0.5, shadow: outcome ? 0.8 : 0.2, outcome: outcome)
            )
        }
        var track = EvidenceTrack()
        track.update(logEvidence: evidence.logEvidenceForShadow)
        let anytimeP = track.pValue
        let sequence = evidence.interval

        #expect(track.isRejected(alpha: 0.05) && anytimeP < 0.05)
        expectClose(evidence.mean, 0.21, relative: 1e-12)
        #expect(try #require(sequence).low > 0)
        #expect(try #require(sequence).contains(0.21))
    }

    @Test func `watching a loss that rises`() throws {
        let baseline = BaselineRisk(
            try CohortMoments(
                counts: [Double](repeating: 100, count: 30),
                sums: (0..<30).map { 16 + Double($0 % 3) },
                sumsOfSquares: [Double](repeating: 5, count: 30)
            )
        )
        var detector = try ShiryaevRobertsDetector(
            riskBound: baseline?.riskBound ?? 0.2,
            horizon: 365,
            alpha: 0.04
        )
        for day in 0..<40 {
            let mean = day < 30 ? 0.17 : 0.32
            try detector.add(losses: [Double](repeating: mean, count: 100))
        }
        let alarm = detector.alarmIndex
        let change = detector.changePoint()

        expectClose(baseline?.mean, 0.17, relative: 1e-12)
        #expect(alarm == 30)
        #expect(change == 30)
    }

    @Test func `waiting for labels`() throws {
        let maturity = try LabelMaturity(
            ages: [0, 1, 1, 2, 3, 3, 3, 3],
            isLabelled: [true, true, true, true, false, false, true, false]
        )
        let byDayOne = maturity.share(atAge: 1)
        let watermark = maturity.watermark(fraction: 0.95)
        let mean = try augmentedMean(
            expectedLosses: [0.16, 0.16, 0.25, 0.25],
            losses: [0.04, 0.64, nil, 0.25],
            propensities: [1, 1, 0.5, 0.5]
        )

        expectClose(byDayOne, 3.0 / 8, relative: 1e-14)
        #expect(watermark == 3)
        expectClose(mean.mean, (0.04 + 0.64 + 0.25 + 0.25) / 4, relative: 1e-14)
    }

    @Test func `noticing drift`() throws {
        let shift = try BinnedShift(
            reference: [100, 100, 100, 100],
            current: [30, 70, 45, 55]
        )
        let index = shift.stabilityIndex
        let byChance = shift.stabilityNullMean
        let pValue = shift.stabilityPValue
        let samples = try SampleShift(reference: [1, 2, 3, 4], current: [2, 3, 4, 5])

        #expect(index > byChance)
        expectClose(byChance, 0.0225, relative: 1e-14)
        #expect(pValue < 0.01)
        #expect(samples.wasserstein == 1)
    }

    @Test func `planning a comparison`() throws {
        let fixed = FixedSampleSize.meanDifference(gain: 0.002, variance: 0.01)
        let daily = SequentialSampleSize(gain: 0.002, variance: 0.01, power: 0.8)
        let more = daily?.remaining(after: 20_000)

        expectClose(fixed?.rounded(.up), 19_623, relative: 1e-15)
        expectClose(daily?.median.rounded(.up), 23_032, relative: 1e-15)
        expectClose(daily?.atPower.rounded(.up), 37_575, relative: 1e-15)
        #expect(more?.median == 3_032)
    }

    @Test func `forecasting classes and numbers`() throws {
        let classes = try MulticlassForecasts(
            probabilities: [0.7, 0.2, 0.1, 0.1, 0.6, 0.3, 0.3, 0.3, 0.4],
            classCount: 3,
            outcomes: [0, 1, 1]
        )
        let table = MulticlassConfusion(classes)
        let recall = table.average(.recall, .macro)
        let sum = brierScore(classes, scale: .sum)
        let quantiles = try QuantileForecasts(
            levels: [0.1, 0.5, 0.9],
            quantiles: [8, 10, 12, 9, 11, 14],
            outcomes: [11, 15]
        )
        let performance = intervalPerformance(quantiles, alpha: 0.2)

        #expect(recall == nil)
        expectClose(sum, (0.14 + 0.26 + 0.74) / 3, relative: 1e-13)
        #expect(performance?.coverage == 0.5)
    }

    @Test func `every example of an article is in this file`() throws {
        let source = try Self.words(String(contentsOfFile: #filePath, encoding: .utf8))
        var folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        let path = "Sources/Statistics/Statistics.docc"
        while !FileManager.default.fileExists(
            atPath: folder.appendingPathComponent(path).path
        ) {
            try #require(folder.path != "/")
            folder.deleteLastPathComponent()
        }
        let catalogue = folder.appendingPathComponent(path)
        let articles = try FileManager.default.contentsOfDirectory(atPath: catalogue.path)
            .filter { $0.hasSuffix(".md") && $0 != "Statistics.md" }
        #expect(articles.count == 11)
        for article in articles {
            let text = try String(
                contentsOf: catalogue.appendingPathComponent(article),
                encoding: .utf8
            )
            let blocks = text.components(separatedBy: "```swift").dropFirst()
            #expect(blocks.count >= 1, "\(article) has no example")
            for block in blocks {
                let code = Self.words(block.components(separatedBy: "```")[0])
                #expect(source.contains(code), "\(article) differs from its test")
            }
        }
    }

    /// A text with all spacing gone, so that wrapped lines compare equal.
    static func words(_ text: String) -> String {
        text.filter { !$0.isWhitespace }
    }
}
