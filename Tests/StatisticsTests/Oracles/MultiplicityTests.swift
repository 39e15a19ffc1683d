import Foundation
import Statistics
import Testing

@Suite struct MultiplicityTests {
    static let oracle = Oracle("05_paired")

    static let adjustments: [(PValueAdjustment, String)] = [
        (.holm, "holm"), (.benjaminiHochberg, "fdr_bh"), (.benjaminiYekutieli, "fdr_by"),
        (.bonferroni, "bonferroni"), (.hommel, "hommel"), (.holmSidak, "holm-sidak"),
    ]

    @Test(arguments: adjustments)
    func `adjusted p-values agree with statsmodels`(
        adjustment: PValueAdjustment,
        name: String
    ) throws {
        let oracle = Self.oracle["multiple_\(name)"]
        let adjusted = try adjustment.adjust(oracle.parameters["p"].doubles)
        expectClose(adjusted, oracle.expected["adjusted"].doubles, relative: 1e-14)
        #expect(adjusted.map { $0 <= 0.05 } == oracle.expected["reject"].array.map(\.bool))
    }

    @Test(arguments: oracle.cases(prefix: "ebh_"))
    func `e-BH rejects what the definition says`(oracle: Oracle.Case) {
        // 1e-300 stands for an e-value of 0.
        let logs = oracle.parameters["e"].doubles.map { log(max($0, 1e-300)) }
        #expect(
            eBenjaminiHochberg(logEvidence: logs) == oracle.expected["reject"].array.map(\.bool)
        )
    }

    @Test(arguments: oracle.cases(prefix: "adjusted_e_"))
    func `adjusted e-values agree with algorithm 1`(oracle: Oracle.Case) {
        let logs = oracle.parameters["e"].doubles.map { log($0) }
        expectClose(
            adjustedEvidence(logEvidence: logs).map { exp($0) },
            oracle.expected["adjusted"].doubles,
            relative: 1e-13
        )
    }
}
