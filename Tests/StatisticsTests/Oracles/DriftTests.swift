import Foundation
import Statistics
import Testing

@Suite struct DriftTests {
    static let oracle = Oracle("11_drift")
    static let reference = Fixtures.numbers("11_drift/ref.csv", "x")
    static let current = Fixtures.numbers("11_drift/cur.csv", "x")

    @Test func `two samples agree with SciPy`() throws {
        let shift = try SampleShift(reference: Self.reference, current: Self.current)
        let e = Self.oracle["scipy"].expected
        expectClose(shift.distance, e["ks"].double, relative: 1e-13)
        expectClose(shift.pValue, e["ks_p_asymp"].double, relative: 1e-9)
        expectClose(shift.wasserstein, e["wasserstein"].double, relative: 1e-12)
        expectClose(shift.energy, e["energy"].double, relative: 1e-12)
        expectClose(shift.cramerVonMises, e["cvm"].double, relative: 1e-11)
        let counts = e["counts"]
        let test = try #require(ContingencyTest(counts[0].doubles, counts[1].doubles))
        expectClose(test.statistic, e["chi2"].double, relative: 1e-13)
        expectClose(test.pValue, e["chi2_p"].double, relative: 1e-12)
        #expect(test.degreesOfFreedom == e["chi2_dof"].int)
        expectClose(test.likelihoodRatio, e["g"].double, relative: 1e-13)
        expectClose(test.likelihoodRatioPValue, e["g_p"].double, relative: 1e-12)
    }

    @Test(arguments: [10, 20])
    func `binned distances agree`(cells: Int) throws {
        let e = Self.oracle["binned_\(cells)"].expected
        let edges = try quantileEdges(Self.reference, cells: cells)
        expectClose(edges, e["edges"].doubles, relative: 1e-14)
        let shift = try BinnedShift(
            reference: cellCounts(Self.reference, edges: edges),
            current: cellCounts(Self.current, edges: edges)
        )
        #expect(shift.reference == e["ref_counts"].doubles)
        #expect(shift.current == e["cur_counts"].doubles)
        for (addition, key) in [(0.0, "raw"), (0.5, "smoothed_half")] {
            let (p, q) = shift.shares(adding: addition)
            let d = e[key]
            expectClose(Divergence.populationStability(p, q), d["psi"].double, relative: 1e-12)
            expectClose(
                Divergence.kullbackLeibler(p, q),
                d["kl_ref_cur"].double,
                relative: 1e-12
            )
            expectClose(
                Divergence.kullbackLeibler(q, p),
                d["kl_cur_ref"].double,
                relative: 1e-12
            )
            expectClose(
                Divergence.jensenShannonDistance(p, q),
                d["js_distance_base2"].double,
                relative: 1e-12
            )
            expectClose(
                Divergence.jensenShannon(p, q),
                d["js_divergence_nats"].double,
                relative: 1e-12
            )
            expectClose(Divergence.hellinger(p, q), d["hellinger"].double, relative: 1e-12)
            expectClose(Divergence.totalVariation(p, q), d["tvd"].double, relative: 1e-13)
            expectClose(Divergence.largestDifference(p, q), d["linf"].double, relative: 1e-13)
        }
        expectClose(shift.stabilityNullMean, e["psi_null_mean"].double, relative: 1e-14)
        expectClose(shift.stabilityPValue, e["psi_p_chi2"].double, relative: 1e-11)
        let raw = try #require(shift.stabilityIndex(adding: 0))
        expectClose(
            raw - shift.stabilityNullMean,
            e["psi_debiased"].double,
            relative: 1e-12
        )
        expectClose(
            shift.stabilityIndex(adding: 1),
            e["boxkite_kl_addone"].double,
            relative: 1e-12
        )
        let (p, q) = shift.shares(adding: 0)
        expectClose(
            Divergence.largestCumulativeDifference(p, q),
            e["ks_hist"].double,
            relative: 1e-12
        )
    }

    @Test func `categories with a new level agree`() throws {
        let counts = Self.oracle["scipy"].expected["counts"]
        let shift = try BinnedShift(
            reference: counts[0].doubles,
            current: counts[1].doubles
        )
        let e = Self.oracle["categorical"].expected
        let (p, q) = shift.shares(adding: 0)
        expectClose(
            Divergence.jensenShannonDistance(p, q),
            e["js_distance_base2"].double,
            relative: 1e-13
        )
        expectClose(Divergence.largestDifference(p, q), e["linf"].double, relative: 1e-13)
        expectClose(Divergence.hellinger(p, q), e["hellinger"].double, relative: 1e-13)
        expectClose(shift.stabilityIndex, e["psi_half"].double, relative: 1e-13)
        #expect(shift.stabilityIndex(adding: 0) == nil)
        #expect(Divergence.kullbackLeibler(q, p) == nil)
    }

    @Test func `on the bins of NannyML the distances are NannyML's`() throws {
        let e = Oracle("11_drift", "expected_nannyml.json")["nannyml"].expected
        let edges = e["jensen_shannon"]["edges"].doubles
        func shares(_ values: [Double]) -> [Double] {
            var counts = [Double](repeating: 0, count: edges.count)
            for value in values {
                // Cells [a, b), the last closed; values outside join one more cell.
                if value < edges[0] || value > edges[edges.count - 1] {
                    counts[edges.count - 1] += 1
                } else {
                    let above = edges.firstIndex { $0 > value } ?? edges.count - 1
                    counts[min(above, edges.count - 1) - 1] += 1
                }
            }
            return counts.map { $0 / Double(values.count) }
        }
        let p = shares(Self.reference)
        for (sample, key) in [
            (Self.current, "value"), (Self.current + [60, 75], "value_with_outliers"),
        ] {
            let q = shares(sample)
            expectClose(
                Divergence.jensenShannonDistance(p, q),
                e["jensen_shannon"][key].double,
                relative: 1e-12
            )
            expectClose(
                Divergence.hellinger(p, q),
                e["hellinger"][key].double,
                relative: 1e-12
            )
            let shift = try SampleShift(reference: Self.reference, current: sample)
            expectClose(
                shift.distance,
                e["kolmogorov_smirnov"][key].double,
                relative: 1e-12
            )
            expectClose(shift.wasserstein, e["wasserstein"][key].double, relative: 1e-12)
        }
        let counts = Self.oracle["scipy"].expected["counts"]
        let shift = try BinnedShift(reference: counts[0].doubles, current: counts[1].doubles)
        let (a, b) = shift.shares(adding: 0)
        expectClose(
            Divergence.jensenShannonDistance(a, b),
            e["jensen_shannon_cat"]["value"].double,
            relative: 1e-12
        )
        expectClose(Divergence.hellinger(a, b), e["hellinger_cat"]["value"].double, relative: 1e-12)
        expectClose(
            Divergence.largestDifference(a, b),
            e["l_infinity_cat"]["value"].double,
            relative: 1e-12
        )
        expectClose(
            ContingencyTest(shift.reference, shift.current)?.statistic,
            e["chi2_cat"]["value"].double,
            relative: 1e-12
        )
    }

    @Test func `on the shares of Evidently the distances are Evidently's`() throws {
        let e = Oracle("11_drift", "expected_evidently.json")["evidently"].expected
        let (p, q) = (e["ref_percent"].doubles, e["cur_percent"].doubles)
        expectClose(Divergence.populationStability(p, q), e["psi"].double, relative: 1e-12)
        // There the filled shares are scaled to add up to 1 before this one.
        let (sumP, sumQ) = (p.reduce(0, +), q.reduce(0, +))
        expectClose(
            Divergence.kullbackLeibler(p.map { $0 / sumP }, q.map { $0 / sumQ }),
            e["kl_div"].double,
            relative: 1e-12
        )
        let deviation = try MeanEstimate(values: Self.reference)
        let spread = try #require(deviation.standardError) * 1200.0.squareRoot()
        let shift = try SampleShift(reference: Self.reference, current: Self.current)
        expectClose(
            shift.wasserstein / spread,
            e["wasserstein_normed"].double,
            relative: 1e-3
        )
        // Distances there are with natural logarithms and without the fill of empty cells.
        let (a, b) = (p.map { $0 == 0.0001 ? 0 : $0 }, q.map { $0 == 0.0001 ? 0 : $0 })
        expectClose(
            Divergence.jensenShannon(a, b).squareRoot(),
            e["jensenshannon"].double,
            relative: 1e-12
        )
        expectClose(Divergence.hellinger(a, b), e["hellinger"].double, relative: 1e-3)
    }

    @Test func `cells with few expected rows are pooled on request`() throws {
        let test = try #require(
            ContingencyTest([50, 48, 1, 1], [47, 50, 2, 1], leastExpected: 5)
        )
        #expect(test.degreesOfFreedom == 2)
        #expect(ContingencyTest([5, 0], [7, 0]) == nil)
    }
}
