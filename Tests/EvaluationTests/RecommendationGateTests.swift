import Testing

@testable import Evaluation

/// Where a verdict has no ground, and what is said of it.
struct RecommendationGateTests {
    /// A quiet champion, of whose last 28 days a share of the predictions has a label.
    private func inputs(
        labelled share: Double = 1,
        minimumCoverage: Double = 0.5,
        loss: (Int) -> Double = { _ in 0.2 }
    ) -> RecommendationBuilder.Inputs {
        var task = Evidence.task()
        task.minimumCoverage = minimumCoverage
        var days = Evidence.days(0..<100) { day, _ in loss(day) }
        let missing = Int((20 / share - 20).rounded())
        for index in 72..<100 {
            for _ in 0..<missing { days[0].days[index].cell.addUnlabelled() }
        }
        var monitor = RetrainingMonitor.Inputs(task: task)
        monitor.days = days
        return RecommendationBuilder.Inputs(monitor: monitor, model: "m")
    }

    private func recommendation(
        _ inputs: RecommendationBuilder.Inputs,
        day: Int = 122,
        withLateRows verdict: RecommendationVerdict? = nil
    ) -> Recommendation {
        var builder = RecommendationBuilder(inputs)
        builder.verdictWithLateRows = verdict
        return builder.recommendation(asOf: Evidence.instant(day))
    }

    private func live(lateRows: Int64 = 0) -> LedgerSummary {
        var standing = LedgerStanding(liveSince: Evidence.instant(0))
        standing.lateRows = lateRows
        return LedgerSummary(standing, cohorts: [], age: 21 * 86_400)
    }

    @Test func `too few labels are no keep, and it is said when there may be enough`() throws {
        #expect(recommendation(inputs()).verdict == .keep)
        #expect(recommendation(inputs(labelled: 0.5)).verdict == .keep)
        let few = recommendation(inputs(labelled: 0.25))
        #expect(few.verdict == .insufficientEvidence)
        // (28 − k) · 0.25 + k = 14 for k = 9.33.
        let reason = try #require(few.reasons.first)
        #expect(reason.contains("Only 25.0 %") && reason.contains("it may be there in 10 days."))
        #expect(few.evidence.first { $0.measure == .recentCoverage }?.state == .missing)
        #expect(recommendation(inputs(labelled: 0.25, minimumCoverage: 0.2)).verdict == .keep)
        // What has been raised does not go away with its labels.
        let alarm = recommendation(inputs(labelled: 0.25) { $0 < 50 ? 0.2 : 0.6 })
        #expect(alarm.verdict == .retrain)
    }

    @Test func `a champion that is silent for a month is named, where the task is live`() {
        var inputs = inputs()
        #expect(recommendation(inputs, day: 200).verdict == .keep)
        inputs.ledger = live()
        // The last day ends at 100 and matures at 121.
        #expect(recommendation(inputs, day: 152).verdict == .keep)
        let silent = recommendation(inputs, day: 153)
        #expect(silent.verdict == .insufficientEvidence)
        #expect(silent.reasons.first?.contains("made no prediction from 1970-04-11") == true)
    }

    @Test func `history that is being loaded leaves no verdict`() {
        var inputs = inputs()
        var standing = LedgerStanding(liveSince: Evidence.instant(0))
        standing.loadingUntil = Evidence.instant(123)
        inputs.ledger = LedgerSummary(standing, cohorts: [], age: 21 * 86_400)
        let loading = recommendation(inputs)
        #expect(loading.verdict == .insufficientEvidence)
        #expect(loading.reasons.first?.contains("History is being loaded") == true)
    }

    @Test func `what was accepted is no uncertain rise, and old evidence says nothing of it`()
        throws
    {
        var inputs = inputs { $0 < 50 ? 0.2 : 0.6 }
        inputs.monitor.acknowledgements = [
            Acknowledgement(
                instant: Evidence.instant(122),
                model: "m",
                renewsBaseline: false,
                note: ""
            )
        ]
        let accepted = recommendation(inputs, day: 123)
        #expect(accepted.verdict == .keep)
        #expect(accepted.summary.contains("as when the alarm about it was acknowledged"))
        #expect(accepted.reasons.first?.hasPrefix("No block of evidence has matured since") == true)
        let evidence = accepted.evidence.first { $0.measure == .relativeRiskLogEvidence }
        #expect(evidence?.state == .missing && evidence?.value == nil)
    }

    @Test func `who can find nothing, or has no skill to lose, is not said to do well`() {
        func quiet(every days: Int, loss: Double) -> String {
            var inputs = inputs()
            let some = (0..<100).map { number in
                Evidence.day(days * number, age: 21, loss: loss + (number % 2 == 0 ? 0.01 : -0.01))
            }
            inputs.monitor.days = [(21 * 86_400, some)]
            return recommendation(inputs, day: 100 * days + 22).summary
        }
        #expect(quiet(every: 1, loss: 0.2).contains("as well as its baseline allows"))
        #expect(quiet(every: 400, loss: 0.2).contains("Nothing shows that m"))
        #expect(quiet(every: 1, loss: 0.3).contains("a better model is needed"))
    }

    @Test func `an answer says up to when it speaks`() {
        let inputs = inputs()
        let soon = recommendation(inputs).reasons
        #expect(
            soon.contains { $0.hasPrefix("Labels take up to 21d: this is about the days before") }
        )
        let later = recommendation(inputs, day: 300).reasons
        #expect(later.contains { $0.hasPrefix("m has made no prediction since 1970-04-11") })
        var young = inputs
        young.monitor.days = [(21 * 86_400, Array(inputs.monitor.days[0].days[..<20]))]
        #expect(
            recommendation(young, day: 42).reasons.first?
                .hasSuffix("it may be whole on \(Evidence.instant(51).iso8601).") == true
        )
    }

    @Test func `another verdict with late rows takes a verdict away, and never an alarm`() {
        var quiet = inputs()
        quiet.ledger = live(lateRows: 3)
        #expect(recommendation(quiet, withLateRows: .keep).verdict == .keep)
        let unsettled = recommendation(quiet, withLateRows: .retrain)
        #expect(unsettled.verdict == .insufficientEvidence)
        #expect(unsettled.reasons.first?.contains("would be retrain") == true)
        var alarmed = inputs { $0 < 50 ? 0.2 : 0.6 }
        alarmed.ledger = live(lateRows: 3)
        #expect(recommendation(alarmed, withLateRows: .keep).verdict == .retrain)
    }

    @Test func `an alarm of before a restatement goes on to stand`() {
        var quiet = inputs()
        #expect(!recommendation(quiet).hasAlarm)
        quiet.beforeRestatements = [inputs { $0 < 50 ? 0.2 : 0.6 }.monitor]
        #expect(recommendation(quiet).verdict == .retrain)
    }
}
