import Statistics
import Testing

@Suite struct ClusteredSequenceTests {
    private func sums(_ counts: [[Double]], _ sums: [[Double]]) throws -> ClusteredCohortSums {
        try ClusteredCohortSums(counts: counts, sums: sums)
    }

    @Test func `two entities that keep their gains are worth two, however often they come`() throws
    {
        let sequence = ClusteredAsymptoticConfidenceSequence(burnIn: 2, leastGroups: 2)
        let cohorts = try sums([[1, 1], [1, 1]], [[2, 0], [2, 0]])
        let point = try #require(sequence.latest(cohorts))
        // Mean 1, residuals 1 and −1 in both cohorts: cohorts add up to 0, groups to 2 and −2.
        // V_groups = (4 + 4) · 8/(8 − 8 + 4) = 16, V_cells = 4; V = max(0, 16, 0 + 16 − 4).
        #expect(point.sequence.mean == 1)
        #expect(point.varianceByCohort == 0 && point.varianceByGroup == 16)
        #expect(point.variance == 16 && point.effectiveGroups == 2 && point.groupCount == 2)
        // Of a cohort: 16/2, in units of 2 rows a cohort squared.
        #expect(point.sequence.variance == 2)
        let boundary = AsymptoticConfidenceSequence(optimumTime: 60, variance: 8)
        #expect(point.sequence.radius == boundary.radius(count: 1, variance: 16) / 4)
        #expect(
            point.sequence.logEValue == boundary.logEValue(mean: 4, count: 1, variance: 16)
        )
    }

    @Test func `what cohorts share and what entities share add up`() throws {
        let signs: [Double] = [1, -1, 1, -1]
        let cohorts = try sums(
            Array(repeating: [1, 1, 1, 1], count: 4),
            signs.map { cohort in signs.map { cohort + $0 } }
        )
        let sequence = ClusteredAsymptoticConfidenceSequence(burnIn: 2, leastGroups: 2)
        let point = try #require(sequence.latest(cohorts))
        // Cohorts: 4 · 4². Groups: the same · 4/3. Cells: eight of ±2, eight of 0.
        #expect(point.varianceByCohort == 64)
        expectClose(point.varianceByGroup, 256 / 3, relative: 1e-15)
        expectClose(point.variance, 64 + 256 / 3 - 32, relative: 1e-15)
    }

    @Test func `with each entity seen once it is the block sequence, or a little wider`() throws {
        var random = SeededGenerator(seed: 5)
        var counts: [[Double]] = []
        var gains: [[Double]] = []
        for _ in 0..<100 {
            var n = [Double](repeating: 0, count: 64)
            var s = n
            for _ in 0..<50 {
                let group = Int(random.next() % 64)
                n[group] += 1
                s[group] += 0.02 + 0.1 * random.nextNormal()
            }
            counts.append(n)
            gains.append(s)
        }
        let clustered = ClusteredAsymptoticConfidenceSequence().path(try sums(counts, gains))
        let blocks = BlockAsymptoticConfidenceSequence().path(
            try CohortSums(
                counts: counts.map { $0.reduce(0, +) },
                sums: gains.map { $0.reduce(0, +) }
            )
        )
        for (wide, block) in zip(clustered, blocks).dropFirst(19) {
            expectClose(wide.sequence.mean, block.mean, relative: 1e-12)
            let (radius, least) = (
                try #require(wide.sequence.radius), try #require(block.radius)
            )
            #expect(radius > 0.9 * least && radius < 1.3 * least)
            #expect(
                (abs(wide.sequence.mean) > radius)
                    == (try #require(wide.sequence.logEValue) >= Double.logTwenty)
            )
        }
        #expect(clustered[18].sequence.radius == nil)
        // A point stays what it was.
        let half = try sums(Array(counts[..<50]), Array(gains[..<50]))
        #expect(ClusteredAsymptoticConfidenceSequence().latest(half) == clustered[49])
    }

    @Test func `too few entities, or one above all others, have no interval`() throws {
        var random = SeededGenerator(seed: 6)
        func path(_ rows: (Int) -> [Double]) throws -> [ClusteredAsymptoticConfidenceSequence.Point]
        {
            let counts = (0..<40).map(rows)
            let gains = counts.map { $0.map { $0 * (0.1 + random.nextNormal()) } }
            return ClusteredAsymptoticConfidenceSequence().path(try sums(counts, gains))
        }
        let few = try path { _ in [Double](repeating: 1, count: 13) }
        #expect(few.allSatisfy { $0.sequence.interval == nil && $0.sequence.logEValue == nil })
        let enough = try path { _ in [Double](repeating: 1, count: 14) }
        #expect(enough.last?.sequence.interval != nil)
        // From day 30 on the first entity sends as much as all others together, and then more.
        let outgrown = try path { [$0 < 30 ? 1 : 1000] + [Double](repeating: 1, count: 30) }
        #expect(outgrown[29].sequence.interval != nil)
        #expect(outgrown.last?.sequence.interval == nil)
        #expect(outgrown.last.map { $0.effectiveGroups < 2 } ?? false)
        let alone = try path { _ in [1] }
        #expect(alone.last?.varianceByGroup == 0)
    }

    @Test func `gains that never vary have no interval`() throws {
        let cohorts = try sums(
            Array(repeating: [Double](repeating: 2, count: 20), count: 30),
            Array(repeating: [Double](repeating: 0.5, count: 20), count: 30)
        )
        let point = try #require(ClusteredAsymptoticConfidenceSequence().latest(cohorts))
        #expect(point.variance == 0 && point.sequence.interval == nil)
        #expect(ClusteredAsymptoticConfidenceSequence().latest(try sums([], [])) == nil)
    }

    @Test func `sums without rows and uneven lists are refused`() {
        #expect(throws: StatisticsError.self) { try sums([[0, 1]], [[1, 1]]) }
        #expect(throws: StatisticsError.self) { try sums([[0, 0]], [[0, 0]]) }
        #expect(throws: StatisticsError.self) { try sums([[1, 1], [1]], [[1, 1], [1]]) }
        #expect(throws: StatisticsError.self) { try sums([[1, 1]], [[1]]) }
        #expect(throws: StatisticsError.self) { try sums([[1, -1]], [[1, 1]]) }
        #expect(throws: StatisticsError.self) { try sums([[1, 1]], [[.nan, 1]]) }
    }

    @Test func `numbers of any magnitude give finite results`() throws {
        var random = SeededGenerator(seed: 22)
        for _ in 0..<300 {
            let days = Int.random(in: 1...20, using: &random)
            let gains = (0..<days).map { _ in FiniteResultTests.numbers(8, &random) }
            let counts = gains.map { $0.map { min(1e59, max(1e-60, abs($0))) } }
            let sequence = ClusteredAsymptoticConfidenceSequence(burnIn: 3, leastGroups: 2)
            for point in sequence.path(try sums(counts, gains)) {
                FiniteResultTests.expectFinite([
                    point.sequence.mean, point.sequence.variance, point.sequence.radius,
                    point.sequence.logEValue, point.sequence.rhoSquared, point.variance,
                    point.varianceByCohort, point.varianceByGroup, point.effectiveGroups,
                ])
            }
        }
    }

    @Test func `a baseline whose entities scatter more than its days goes by them`() throws {
        let days = try CohortMoments(
            counts: [Double](repeating: 100, count: 40),
            sums: (0..<40).map { 20 + Double($0 % 2) },
            sumsOfSquares: [Double](repeating: 10, count: 40)
        )
        let groups = try CohortMoments(
            counts: [Double](repeating: 200, count: 20),
            sums: (0..<20).map { 41 + 20 * Double($0 % 2 == 0 ? 1 : -1) },
            sumsOfSquares: [Double](repeating: 20, count: 20)
        )
        let plain = try #require(BaselineRisk(days))
        let both = try #require(BaselineRisk(days, groups: groups))
        #expect(plain.groupOverdispersion == nil)
        #expect(both.mean == plain.mean)
        #expect(both.standardError == blockMean(groups.totals)?.standardError)
        #expect(both.standardError > plain.standardError && both.riskBound > plain.riskBound)
        #expect(both.overdispersion == OverdispersionFactor(groups))
        // Groups that scatter less change nothing but what is shown.
        let quiet = try CohortMoments(
            counts: [Double](repeating: 200, count: 20),
            sums: [Double](repeating: 41, count: 20),
            sumsOfSquares: [Double](repeating: 20, count: 20)
        )
        let same = try #require(BaselineRisk(days, groups: quiet))
        #expect(same.riskBound == plain.riskBound)
        #expect(same.overdispersion == plain.overdispersion)
    }
}

extension Double {
    /// ln(1/0.05), at which the null is rejected.
    fileprivate static let logTwenty = 2.995732273553991
}
