@testable import Evaluation
import Statistics
import Testing

/// The labels of a cohort in groups: what a constant forecast would have lost on its rows.
struct LabelGroupsTests {
    private func rows(_ count: Int, seed: UInt64) -> [(label: Double, loss: Double)] {
        var generator = SeededGenerator(seed: seed)
        return (0..<count).map { _ in
            let label = 1e6 + 10 * generator.nextNormal()
            return (label.rounded(), abs(generator.nextNormal()))
        }
    }

    private func groups(_ rows: [(label: Double, loss: Double)]) -> LabelGroups {
        var groups = LabelGroups()
        for row in rows { groups.add(label: row.label, loss: row.loss) }
        groups.compact()
        return groups
    }

    private func losses(
        _ groups: LabelGroups,
        of constant: Double,
        beside own: RiskMoments
    ) -> RiskMoments? {
        groups.moments(beside: own) { abs($0 - constant) }
    }

    private func sums(_ rows: [(label: Double, loss: Double)], _ constant: Double) -> RiskMoments {
        var sums = RiskMoments()
        for row in rows {
            let distance = abs(row.label - constant)
            sums += RiskMoments(
                rows: 1,
                loss: row.loss,
                reference: distance,
                squaredLoss: row.loss * row.loss,
                product: row.loss * distance,
                squaredReference: distance * distance
            )
        }
        return sums
    }

    @Test(arguments: [1, 31, 33, 1_000], [1e6 - 30, 1e6 - 3, 1e6 + 0.5, 1e6 + 12, 0])
    func `what a constant loses is that of the rows, but for one group`(
        count: Int,
        constant: Double
    ) throws {
        let rows = rows(count, seed: 4)
        let exact = sums(rows, constant)
        let found = try #require(losses(groups(rows), of: constant, beside: exact))
        #expect(found.rows == exact.rows && found.loss == exact.loss)
        #expect(abs(found.reference / exact.reference - 1) < 0.005)
        #expect(found.reference <= exact.reference * (1 + 1e-12))
        #expect(abs(found.squaredReference / exact.squaredReference - 1) < 1e-6)
        #expect(abs(found.product / exact.product - 1) < 0.03)
    }

    @Test func `the same rows make the same groups in whatever order they come`() {
        let rows = rows(500, seed: 5)
        #expect(groups(rows) == groups(rows.reversed()))
        #expect((16...LabelGroups.most).contains(groups(rows).groups.count))
        let parts = [groups(Array(rows[..<200])), groups(Array(rows[200...]))]
        var (one, other) = (parts[0], parts[1])
        one.add(parts[1])
        other.add(parts[0])
        #expect(one == other)
        #expect(one.rows == 500)
    }

    @Test func `two classes are two groups, however many rows there are`() {
        let rows = (0..<500).map { (label: Double($0 % 2), loss: 0.25) }
        let groups = groups(rows)
        #expect(groups.groups.map(\.mean) == [0, 1] && groups.groups.map(\.spread) == [0, 0])
        #expect(groups.sum == 250 && groups.loss == 125)
    }

    @Test func `corrected losses are held against the labels there are`() throws {
        let rows = rows(100, seed: 6)
        let own = RiskMoments(rows: 110, loss: 200, squaredLoss: 500)
        let found = try #require(losses(groups(rows), of: 1e6, beside: own))
        let exact = sums(rows, 1e6)
        #expect(found.loss == 200 && found.rows == 110)
        #expect(abs(found.reference / (1.1 * exact.reference) - 1) < 0.005)
        #expect(losses(LabelGroups(), of: 0, beside: own) == nil)
    }

    @Test func `bytes say it all, and damaged ones are refused`() throws {
        let groups = groups(rows(100, seed: 7))
        var read = LabelGroups()
        try read.add(bytes: groups.bytes)
        #expect(read == groups)
        #expect(LabelGroups().bytes.isEmpty)
        #expect(throws: CellCodingError.self) { try read.add(bytes: [1, 2, 3]) }
    }
}
