import Evaluation
import Testing

struct ServiceGuardrailsTests {
    private func problems(_ champion: ServiceLevel, _ shadow: ServiceLevel) -> [String] {
        let day = Instant(seconds: 0)
        return ServiceGuardrails(
            from: day,
            to: day.advanced(bySeconds: 86_400),
            champion: champion,
            shadow: shadow
        ).problems(shadowName: "net")
    }

    private func level(failures: Int = 0, p95: Double? = nil) -> ServiceLevel {
        ServiceLevel(
            predictions: 1000,
            withStatus: 1000,
            failures: failures,
            withLatency: p95 == nil ? 0 : 1000,
            meanLatency: p95,
            p95Latency: p95
        )
    }

    @Test(
        arguments: [
            (0, 10, false), (0, 11, true), (10, 20, false), (10, 21, true), (500, 999, false),
        ]
    )
    func `a shadow fails too often above 1 % and above twice the champion's share`(
        champion: Int,
        shadow: Int,
        isProblem: Bool
    ) {
        let problems = problems(level(failures: champion), level(failures: shadow))
        #expect(problems.count == (isProblem ? 1 : 0))
        #expect(problems.allSatisfy { $0.hasPrefix("net fails on") })
    }

    @Test(arguments: [(10.0, 20.0, false), (10, 20.5, true), (0, 1, true)])
    func `a shadow is slow above twice the champion's latency`(
        champion: Double,
        shadow: Double,
        isProblem: Bool
    ) {
        let problems = problems(level(p95: champion), level(p95: shadow))
        #expect(problems.count == (isProblem ? 1 : 0))
        #expect(problems.allSatisfy { $0.hasPrefix("net is slow") })
    }

    @Test func `what no row carries is unknown, with the reason, and no problem`() {
        let silent = ServiceLevel(predictions: 5)
        #expect(silent.failureRate == nil && silent.p95Latency == nil)
        #expect(silent.failureReason == "no prediction of the day carries a status")
        #expect(silent.latencyReason == "no prediction of the day carries a latency_ms")
        #expect(ServiceLevel().failureReason == "no predictions on the day")
        let known = ServiceLevel(predictions: 4, withStatus: 2, failures: 1)
        #expect(known.failureRate == 0.25 && known.failureReason == nil)
        #expect(problems(silent, level(failures: 900, p95: 1e6)) == [])
        #expect(problems(level(), silent) == [])
    }
}
