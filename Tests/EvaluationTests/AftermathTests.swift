import Evaluation
import Testing

/// What became of a model after a recommendation about it.
struct AftermathTests {
    private let models = TwoModels()

    private func record(_ model: Name = "gbm", day: Int) -> RecommendationRecord {
        RecommendationRecord(
            asOf: Evidence.instant(day),
            isReplay: false,
            model: model,
            verdict: .keep,
            options: "{}",
            inputs: "{}",
            answer: "{}"
        )
    }

    private func aftermath(
        of record: RecommendationRecord,
        cohorts: [FrozenCohort] = [],
        roles: [RoleChange] = [],
        acknowledgements: [(day: Int, model: Name)] = []
    ) throws -> RecommendationAftermath {
        var builder = AftermathBuilder(
            view: try models.view(),
            cohorts: cohorts,
            roles: roles,
            acknowledgements: acknowledgements.map {
                Acknowledgement(
                    instant: Evidence.instant($0.day),
                    model: $0.model,
                    renewsBaseline: false,
                    note: ""
                )
            }
        )
        return builder.aftermath(of: record)
    }

    @Test
    func `the risk after is of the days that matured in the 28 days after, and of the model alone`()
        throws
    {
        // A day matures 11 days after it began; from day 90 on a day matures after day 100, and up to day 117 by
        // day 128.
        let cohorts = try models.cohorts(of: 80...130) { day in
            [1: (90...117).contains(day) ? 0.5 : 0, 2: 0]
        }
        let after = try aftermath(of: record(day: 100), cohorts: cohorts)
        #expect(after.rows == 28 * 10)
        #expect(after.risk == 0.25)
        #expect(try aftermath(of: record("net", day: 100), cohorts: cohorts).risk == 1)
        #expect(try aftermath(of: record("unknown", day: 100), cohorts: cohorts).rows == 0)
    }

    @Test func `nothing is known where nothing has happened since`() throws {
        let cohorts = try models.cohorts(of: 80...88) { _ in [1: 0.5] }
        #expect(
            try aftermath(
                of: record(day: 100),
                cohorts: cohorts,
                roles: [TwoModels.champion("net", since: 100)],
                acknowledgements: [(100, "gbm")]
            ) == RecommendationAftermath(rows: 0)
        )
    }

    @Test
    func `the first other champion and the first acknowledgement of the model's alarms count`()
        throws
    {
        let net = TwoModels.champion("net", since: 110)
        let after = try aftermath(
            of: record(day: 100),
            roles: [
                TwoModels.champion("gbm", since: 10), TwoModels.champion("gbm", since: 105),
                RoleChange(model: "net", role: .shadow, validFrom: Evidence.instant(106)), net,
                TwoModels.champion("old", since: 120),
            ],
            acknowledgements: [(90, "gbm"), (105, "net"), (112, "gbm"), (115, "gbm")]
        )
        #expect(after.champion == net)
        #expect(after.acknowledgedAt == Evidence.instant(112))
    }

    @Test func `one builder answers for several recommendations`() throws {
        let cohorts = try models.cohorts(of: 80...130) { _ in [1: 0.5, 2: 0] }
        var builder = AftermathBuilder(
            view: try models.view(),
            cohorts: cohorts,
            roles: [],
            acknowledgements: []
        )
        for day in [95, 100, 180] {
            for model in ["gbm", "net"] as [Name] {
                let record = record(model, day: day)
                #expect(
                    builder.aftermath(of: record) == (try aftermath(of: record, cohorts: cohorts))
                )
            }
        }
    }
}
