import Statistics
import Testing

@Suite struct DetectorTests {
    @Test func `e-CUSUM and the fixed start follow the reference day by day`() throws {
        let oracle = Oracle("08_monitor")["e_sr_cohort"]
        let m = oracle.parameters["m"].double
        var sum = try CumulativeSumDetector(riskBound: m)
        var roberts = try ShiryaevRobertsDetector(riskBound: m)
        for (day, rows) in MonitorStream.days.enumerated() {
            try sum.add(losses: rows.map(\.loss))
            try roberts.add(losses: rows.map(\.loss))
            expectClose(
                sum.logEvidenceFromStart,
                oracle.expected["log_E_fixed_start"][day].double,
                relative: 1e-11,
                absolute: 1e-13
            )
            #expect(sum.logEvidencePath[day] <= roberts.logEvidencePath[day])
        }
        expectClose(
            sum.logEvidencePath,
            oracle.expected["log_CUSUM"].doubles,
            relative: 1e-11,
            absolute: 1e-13
        )
    }

    @Test(arguments: ["alpha_0.001", "alpha_0.000136986"])
    func `row by row with the bets of stcp both detectors agree with it`(name: String) throws {
        let e = Fixtures.json("08_monitor/expected_R_stcp.json")[name]
        let m = e["m_pre"].double
        let bets = e["lambda"].doubles.map { $0 / m }
        let alpha = Double(name.dropFirst("alpha_".count)) ?? .nan
        var roberts = try ShiryaevRobertsDetector(
            riskBound: m,
            bets: bets,
            weights: e["omega"].doubles,
            horizon: 1,
            alpha: alpha
        )
        var sum = try CumulativeSumDetector(
            riskBound: m,
            bets: bets,
            weights: e["omega"].doubles,
            horizon: 1,
            alpha: alpha
        )
        var fixedStart: [Int: Double] = [:]
        let rows = e["idx"].doubles.map { Int($0) }
        var fed = 0
        for loss in MonitorStream.days.flatMap({ $0.map(\.loss) }) {
            try roberts.add(losses: [loss])
            try sum.add(losses: [loss])
            fed += 1
            if rows.contains(fed) { fixedStart[fed] = roberts.logEvidenceFromStart }
        }
        for (index, row) in rows.enumerated() {
            // The weights are printed with 15 digits and sum to 1 only so far.
            expectClose(
                roberts.logEvidencePath[row - 1],
                e["log_SR"][index].double,
                relative: 1e-9,
                absolute: 1e-12
            )
            expectClose(
                sum.logEvidencePath[row - 1],
                e["log_CUSUM"][index].double,
                relative: 1e-9,
                absolute: 1e-12
            )
            expectClose(
                fixedStart[row],
                e["log_test"][index].double,
                relative: 1e-9,
                absolute: 1e-12
            )
        }
        #expect(roberts.alarmIndex == e["stop_SR"].int - 1)
        #expect(sum.alarmIndex == e["stop_CUSUM"].int - 1)
    }
}
