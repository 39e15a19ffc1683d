import Evaluation
import Testing

/// What a recommendation takes in of what was read.
struct RecommendationFactsTests {
    private func facts(_ models: TwoModels) throws -> RecommendationFacts {
        RecommendationFacts(
            ChampionPairs(
                try models.view(),
                champion: "gbm",
                keepers: PairKeepers([1: .distantPast])
            )
        )
    }

    @Test func `only days that have matured are restated, and only the model's`() throws {
        let models = TwoModels(present: 125)
        let cells = try models.sums(of: 100...119) { _ in [1: 0.5, 2: 0] }.cells
        let days = try facts(models).restated(cells)
        // Day 114 matured at the start of day 125.
        #expect(days.map(\.start) == (100...114).map(Evidence.instant))
        #expect(days.allSatisfy { $0.cell.labelled == 10 && $0.cell.lossSum == 2.5 })
        #expect(days.allSatisfy { $0.versions == [1] })
    }

    @Test func `a shadow that fell silent is named`() throws {
        let models = TwoModels(present: 125)
        let silent = try models.sums(of: 100...119) { $0 < 110 ? [1: 0.5, 2: 0] : [1: 0.5] }.cells
        #expect(
            try facts(models).silentShadows(silent, seen: ["net": 109]) == [
                "net gets no traffic: nothing since 1970-04-21T00:00:00Z, while the champion answers."
            ]
        )
        let busy = try models.sums(of: 100...119) { _ in [1: 0.5, 2: 0] }.cells
        #expect(try facts(models).silentShadows(busy, seen: ["net": 119]).isEmpty)
    }

    @Test func `the watch is given the model's alarms and its baseline file, the shadows theirs`()
        throws
    {
        let models = TwoModels()
        var facts = try facts(models)
        facts.cohorts = try models.cohorts(of: 100...111) { _ in [1: 0.5, 2: 1] }
        facts.acknowledgements = ["gbm", "net"].map {
            Acknowledgement(
                instant: Evidence.instant(150),
                model: $0,
                renewsBaseline: false,
                note: ""
            )
        }
        let file = Evidence.day(50, age: 0, loss: 0.1)
        facts.baselineFile = [(file.start, file.cell)]
        let inputs = facts.inputs(facts.watch(RetrainingOptions()), hasShadows: true)
        #expect(inputs.monitor.acknowledgements.map(\.model) == ["gbm"])
        #expect(inputs.monitor.days.map(\.age) == models.task.cohortAges)
        #expect(inputs.monitor.days.last?.days.count == 12)
        // A day of the file is known when it is over.
        #expect(inputs.monitor.baselineFile.map(\.knownAt) == [Evidence.instant(51)])
        #expect(inputs.shadows.map(\.shadow) == ["net"])
        #expect(inputs.shadows.first?.gainDays.count == 12)
        let alone = facts.inputs(facts.watch(RetrainingOptions()), hasShadows: false)
        #expect(alone.shadows.isEmpty)
    }
}
