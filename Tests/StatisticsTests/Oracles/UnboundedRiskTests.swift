import Statistics
import Testing

/// The watch over absolute errors, which have no largest value, against the formulas worked out row by row in another language.
struct UnboundedRiskTests {
    static let oracle = Oracle("13_watch", "expected_errors.json")

    /// The settled blocks of a stream, with the mean label that each is held against.
    private func blocks(
        _ file: String,
        _ scale: RiskScale
    ) -> [(block: RelativeRiskBlock, reference: Double)] {
        let path = "13_watch/\(file)"
        let numbers = Fixtures.numbers(path, "block")
        let (labels, forecasts) = (Fixtures.numbers(path, "y"), Fixtures.numbers(path, "f"))
        var (count, sum) = (0.0, 0.0)
        var blocks: [(block: RelativeRiskBlock, reference: Double)] = []
        let rows = Dictionary(grouping: numbers.indices) { numbers[$0] }.sorted { $0.key < $1.key }
        for rows in rows.map(\.value) {
            let losses = rows.map { abs(labels[$0] - forecasts[$0]) }
            let mean = sum / max(1, count)
            let references = rows.map { scale == .relative ? abs(labels[$0] - mean) : 1 }
            if count >= 100 {
                func total(_ one: [Double], _ other: [Double]) -> Double {
                    zip(one, other).reduce(0) { $0 + $1.0 * $1.1 }
                }
                let moments = RiskMoments(
                    rows: Double(rows.count),
                    loss: losses.reduce(0, +),
                    reference: references.reduce(0, +),
                    squaredLoss: total(losses, losses),
                    product: total(losses, references),
                    squaredReference: total(references, references)
                )
                blocks.append((RelativeRiskBlock(moments), mean))
            }
            count += Double(rows.count)
            sum += rows.reduce(0) { $0 + labels[$1] }
        }
        return blocks
    }

    @Test(arguments: [("relative", RiskScale.relative), ("absolute", .absolute)])
    func `every step of the watch agrees`(id: String, scale: RiskScale) throws {
        let item = Self.oracle[id]
        try RelativeRiskTests.follow(item, scale, blocks(try #require(item.input), scale))
    }

    @Test func `a single block raises no alarm, however far it lies off`() {
        var rules = RelativeRiskWatch.Rules()
        rules.scale = .absolute
        var watch = RelativeRiskWatch(rules)
        for block in blocks("errors.csv", .absolute)[..<60] { watch.add(block.block) }
        for broken in 1...3 {
            watch.add(
                RelativeRiskBlock(
                    RiskMoments(
                        rows: 1_000,
                        loss: 1e9,
                        reference: 1_000,
                        squaredLoss: 1e15,
                        product: 1e9,
                        squaredReference: 1_000
                    )
                )
            )
            #expect(watch.standing == nil || broken == 3)
        }
    }
}
