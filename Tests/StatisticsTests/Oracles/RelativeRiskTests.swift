import Statistics
import Testing

/// The watch over relative risk, block by block, against the formulas worked out row by row in another language.
@Suite struct RelativeRiskTests {
    static let oracle = Oracle("13_watch")

    /// The settled blocks of a stream, with the forecast that each is held against.
    static func blocks(_ file: String) throws -> [(block: RelativeRiskBlock, reference: Double)] {
        let path = "13_watch/\(file)"
        let numbers = Fixtures.numbers(path, "block")
        let (outcomes, scores) = (Fixtures.outcomes(path), Fixtures.numbers(path, "p"))
        var rows: [[Int]] = []
        for (row, number) in numbers.enumerated() {
            if Int(number) == rows.count { rows.append([]) }
            rows[rows.count - 1].append(row)
        }
        var forecast = ReferenceForecast()
        var blocks: [(block: RelativeRiskBlock, reference: Double)] = []
        for rows in rows {
            let reference = forecast.probability
            if forecast.isSettled {
                let block = try RelativeRiskBlock(
                    probabilities: rows.map { scores[$0] },
                    outcomes: rows.map { outcomes[$0] },
                    reference: reference
                )
                blocks.append((block, reference))
            }
            forecast.add(
                rows: Double(rows.count),
                positives: Double(rows.count { outcomes[$0] })
            )
        }
        return blocks
    }

    @Test(arguments: oracle.cases)
    func `every step of the watch agrees`(item: Oracle.Case) throws {
        try Self.follow(item, .bounded, try Self.blocks(try #require(item.input)))
    }

    /// Holds every step of a watch against those of an oracle.
    static func follow(
        _ item: Oracle.Case,
        _ scale: RiskScale,
        _ blocks: [(block: RelativeRiskBlock, reference: Double)]
    ) throws {
        let e = item.expected
        var rules = RelativeRiskWatch.Rules()
        rules.tolerance = .relative(item.parameters["tolerance"].double)
        rules.scale = scale
        var watch = RelativeRiskWatch(rules)
        #expect(blocks.count == e["reference"].array.count)
        for (index, (block, reference)) in blocks.enumerated() {
            func expected(_ name: String) -> Double { e[name][index].double }
            let rtol = item.relativeTolerance
            watch.add(block)
            expectClose(reference, expected("reference"), relative: rtol)
            guard !e["bound"][index].isNull else {
                #expect(watch.states[index] == nil)
                continue
            }
            let state = try #require(watch.states[index])
            expectClose(state.bound, expected("bound"), relative: rtol)
            expectClose(state.tempering, expected("tempering"), relative: rtol)
            expectClose(state.logEvidence, expected("log_evidence"), relative: rtol, absolute: 1e-9)
            #expect(state.baselineBlocks == e["baseline"][index].int)
            #expect(
                (state.recoveryLogEvidence == nil) == e["recovery_log_evidence"][index].isNull
            )
            if let evidence = state.recoveryLogEvidence {
                expectClose(
                    evidence,
                    expected("recovery_log_evidence"),
                    relative: rtol,
                    absolute: 1e-9
                )
            }
        }
        let episodes = watch.episodes.map { [$0.alarm, $0.changePoint, $0.recovery ?? -1] }
        #expect(episodes == e["episodes"].array.map { $0.array.map(\.int) })
        #expect(watch.standing == nil)
    }

    @Test func `ratio and error are those of the blocks`() throws {
        let item = Self.oracle["relative_risk_seasonal"]
        let blocks = try Self.blocks(try #require(item.input)).map(\.block)
        var risk = RelativeRisk()
        #expect(risk.ratio == nil && risk.bound(.relative(0.1)) == nil)
        for block in blocks[..<30] { risk.add(block.moments) }
        let first = 30
        expectClose(risk.ratio, item.expected["ratio"][first].double, relative: 1e-12)
        expectClose(risk.standardError, item.expected["error"][first].double, relative: 1e-9)
    }

    /// Every block of a stream as the area sees it.
    private func areas(_ file: String) throws -> [WithinBlockArea.Block] {
        let path = "13_watch/\(file)"
        let numbers = Fixtures.numbers(path, "block")
        let (outcomes, scores) = (Fixtures.outcomes(path), Fixtures.numbers(path, "p"))
        return Dictionary(grouping: numbers.indices) { numbers[$0] }.sorted { $0.key < $1.key }
            .map { _, rows in
                let groups = Dictionary(grouping: rows) { scores[$0] }.sorted { $0.key < $1.key }
                return WithinBlockArea.Block(
                    try? ScoreHistogram(
                        negatives: groups.map { Double($0.value.count { !outcomes[$0] }) },
                        positives: groups.map { Double($0.value.count { outcomes[$0] }) }
                    )
                )
            }
    }

    @Test(arguments: oracle.cases)
    func `the area within blocks and its loss agree`(item: Oracle.Case) throws {
        let e = item.expected["areas"]
        let blocks = try areas(try #require(item.input))
        let (before, during) = (
            WithinBlockArea(blocks[..<150]), WithinBlockArea(blocks[150..<200])
        )
        expectClose(before.area, e["area_before"].double, relative: 1e-12)
        expectClose(before.standardError, e["error_before"].double, relative: 1e-9, absolute: 1e-12)
        expectClose(during.area, e["area_during"].double, relative: 1e-12)
        expectClose(during.standardError, e["error_during"].double, relative: 1e-9)
        expectClose(during.loss(since: before), e["loss"].double, relative: 1e-9)
        expectClose(
            during.loss(since: before, beyond: 0.1),
            e["loss_beyond_a_tenth"].double,
            relative: 1e-9
        )
        let two = WithinBlockArea(blocks[150..<152])
        // Where the baseline never scatters, any loss is certain.
        let expected = e["loss_of_two_blocks"]
        guard !expected.isNull else {
            #expect(two.loss(since: before) == .infinity)
            return
        }
        expectClose(two.loss(since: before), expected.double, relative: 1e-9)
    }

    @Test(arguments: oracle.cases)
    func `every step of the evidence that another one pays agrees`(item: Oracle.Case) throws {
        let expected = item.expected["pay"].array
        var watch = PayWatch(share: 0.2)
        for (index, (block, _)) in try Self.blocks(try #require(item.input)).enumerated() {
            watch.add(
                rows: block.moments.rows,
                loss: block.moments.loss,
                other: block.moments.reference
            )
            guard !expected[index].isNull else {
                #expect(watch.logEvidence == nil)
                continue
            }
            expectClose(watch.logEvidence, expected[index].double, relative: 1e-9, absolute: 1e-9)
        }
    }

    @Test(arguments: oracle.cases)
    func `every step of the evidence that a gain has fallen agrees`(item: Oracle.Case) throws {
        let expected = item.expected["fall"].array
        var watch = GainWatch()
        for (index, (block, _)) in try Self.blocks(try #require(item.input)).enumerated() {
            watch.add(
                rows: block.moments.rows,
                gain: block.moments.reference - block.moments.loss
            )
            guard !expected[index].isNull else {
                #expect(watch.logEvidence == nil && watch.changePoint == nil)
                continue
            }
            expectClose(watch.logEvidence, expected[index].double, relative: 1e-9, absolute: 1e-9)
        }
    }

    @Test func `a fall is dated by its first block, and not latched`() {
        var watch = GainWatch()
        func add(_ gain: Double, _ blocks: Range<Int>) {
            for block in blocks { watch.add(rows: 10, gain: gain + (block % 2 == 0 ? 1 : -1)) }
        }
        add(2, 0..<60)
        #expect(!watch.hasFallen && watch.changePoint == nil)
        add(-2, 60..<80)
        #expect(watch.hasFallen && watch.changePoint == 60)
        add(2, 80..<200)
        #expect(!watch.hasFallen && watch.changePoint == nil)
    }

    @Test func `a forecaster that never scatters is never bet on`() {
        var watch = PayWatch(share: 0)
        for _ in 0..<60 { watch.add(rows: 10, loss: 2, other: 1) }
        #expect(watch.logEvidence == nil)
    }

    @Test func `blocks of one class and equal areas say nothing`() throws {
        let one = WithinBlockArea.Block(try ScoreHistogram(negatives: [3, 1], positives: [0, 0]))
        let both = WithinBlockArea.Block(try ScoreHistogram(negatives: [2, 2], positives: [1, 1]))
        #expect(WithinBlockArea([one]).area == nil && WithinBlockArea([one]).blockCount == 0)
        #expect(WithinBlockArea([both, one]).standardError == nil)
        let chance = WithinBlockArea([both, both, one])
        #expect(chance.area == 0.5 && chance.standardError == 0)
        #expect(chance.loss(since: chance) == 0)
        #expect(chance.loss(since: WithinBlockArea([both])) == nil)
        #expect(WithinBlockArea([one]).loss(since: chance) == nil)
    }

    @Test func `an alarm that was acknowledged ends, and a renewed baseline takes its time`() throws
    {
        let blocks = try Self.blocks("seasonal.csv").map(\.block)
        var watch = RelativeRiskWatch()
        var next = 0
        while watch.standing == nil {
            watch.add(blocks[next])
            next += 1
        }
        let change = try #require(watch.standing).changePoint
        watch.acknowledge()
        #expect(watch.standing == nil && watch.episodes.last?.acknowledgement == next)
        #expect(watch.logEvidence == nil && watch.logEValue == nil && watch.changePoint == nil)
        watch.add(blocks[0])
        #expect(watch.logEvidence == watch.states[next]?.logEvidence)
        #expect(watch.states[next]?.recoveryLogEvidence == nil)
        #expect(watch.baselineBlocks.allSatisfy { $0 < change })

        var renewed = RelativeRiskWatch()
        for block in blocks[..<60] { renewed.add(block) }
        let before = renewed.baseline
        renewed.renewBaseline()
        // Thirty of the blocks to come, each 28 blocks later.
        for block in blocks[60..<118] { renewed.add(block) }
        #expect(renewed.baseline == before)
        renewed.add(blocks[118])
        #expect(renewed.baselineBlocks == Array(60..<90))
    }

    @Test func `no alarm is raised where none may be, and hits are counted`() throws {
        let blocks = try Self.blocks("seasonal.csv").map(\.block)
        var rules = RelativeRiskWatch.Rules()
        (rules.hits, rules.of) = (3, 5)
        var (once, thrice, never) = (
            RelativeRiskWatch(), RelativeRiskWatch(rules), RelativeRiskWatch()
        )
        for block in blocks {
            once.add(block)
            thrice.add(block)
            never.add(block, mayAlarm: false)
        }
        let first = try #require(once.episodes.first).alarm
        #expect(thrice.episodes.first.map { $0.alarm >= first + 2 } == true)
        // What was heard before an acknowledgement does not count after it.
        var again = RelativeRiskWatch(rules)
        for block in blocks[...(try #require(thrice.episodes.first).alarm)] { again.add(block) }
        again.acknowledge()
        let worst = try #require(once.episodes.first).alarm
        for _ in 0..<2 { again.add(blocks[worst]) }
        #expect(again.standing == nil)
        #expect(never.episodes.isEmpty)
    }

    @Test func `a baseline that is given is filled up, and never shrinks`() throws {
        let item = Self.oracle["relative_risk_seasonal"]
        let blocks = try Self.blocks(try #require(item.input)).map(\.block)
        var watch = RelativeRiskWatch(given: Array(blocks[..<20]))
        for block in blocks[20..<60] { watch.add(block) }
        #expect(watch.states[..<10].allSatisfy { $0 == nil })
        #expect(watch.states[10]?.baselineBlocks == 30)
        let sizes = watch.states.compactMap { $0?.baselineBlocks }
        #expect(zip(sizes, sizes.dropFirst()).allSatisfy { $0 <= $1 })
        var late = RelativeRiskWatch(given: Array(blocks[..<30]))
        late.add(blocks[30], mayStart: false)
        late.add(blocks[31])
        #expect(late.states[0] == nil && late.states[1]?.baselineBlocks == 31)
    }

    @Test func `rows of one loss and one reference may be one element`() throws {
        let item = Self.oracle["relative_risk_perfect"]
        let blocks = try Self.blocks(try #require(item.input)).map(\.block)
        let heavy = try blocks[..<60].map { block in
            let rows = try #require(block.rows)
            var weights: [[Double]: Double] = [:]
            for pair in zip(rows.losses, rows.references) {
                weights[[pair.0, pair.1], default: 0] += 1
            }
            let pairs = weights.keys.sorted { $0.lexicographicallyPrecedes($1) }
            return try RelativeRiskBlock(
                losses: pairs.map { $0[0] },
                references: pairs.map { $0[1] },
                weights: pairs.map { weights[$0] ?? 0 },
                largestReference: rows.largestReference
            )
        }
        var (rows, weighted) = (RelativeRiskWatch(), RelativeRiskWatch())
        for index in heavy.indices {
            rows.add(blocks[index])
            weighted.add(heavy[index])
        }
        let last = heavy.count - 1
        expectClose(
            weighted.states[last]?.logEvidence,
            try #require(rows.states[last]).logEvidence,
            relative: 1e-9
        )
    }

    @Test func `what no block can have is refused`() throws {
        #expect(throws: StatisticsError.self) {
            try RelativeRiskBlock(losses: [0.5], references: [], largestReference: 1)
        }
        #expect(throws: StatisticsError.self) {
            try RelativeRiskBlock(losses: [1.5], references: [0.5], largestReference: 1)
        }
        #expect(throws: StatisticsError.self) {
            try RelativeRiskBlock(losses: [0.5], references: [0.6], largestReference: 0.5)
        }
        #expect(throws: StatisticsError.self) {
            try RelativeRiskBlock(
                losses: [0.5],
                references: [0.5],
                weights: [0],
                largestReference: 0.5
            )
        }
        #expect(throws: StatisticsError.self) {
            try RelativeRiskBlock(losses: [], references: [], largestReference: 0)
        }
    }

    @Test func `a forecast is settled by a hundred rows with ten of each class`() {
        var forecast = ReferenceForecast()
        #expect(forecast.probability == 0.5 && !forecast.isSettled)
        forecast.add(rows: 1_000, positives: 9)
        #expect(!forecast.isSettled)
        forecast.add(rows: 1, positives: 1)
        #expect(forecast.isSettled && forecast.probability == 10.5 / 1_002)
    }
}
