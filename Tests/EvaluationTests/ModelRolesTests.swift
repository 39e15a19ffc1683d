import Evaluation
import Testing

struct ModelRolesTests {
    private func known(_ names: Name..., since seconds: Int64 = 0) -> [KnownModel] {
        names.map { KnownModel(name: $0, since: Instant(seconds: seconds)) }
    }

    private func change(_ model: Name, _ role: ModelRole, _ seconds: Int64) -> RoleChange {
        RoleChange(model: model, role: role, validFrom: Instant(seconds: seconds))
    }

    private func roles(_ models: [KnownModel], _ history: [RoleChange] = []) -> ModelRoles {
        ModelRoles(models: models, history: history, asOf: .distantFuture)
    }

    @Test func `a new champion makes the old one a shadow, from that instant on`() {
        let history = [change("a", .champion, 10), change("b", .champion, 20)]
        let models = known("a", "b")
        let early = ModelRoles(models: models, history: history, asOf: Instant(seconds: 15))
        #expect(early.champion == "a" && early.shadows == ["b"])
        #expect(early.championAssumedSince == nil)
        let late = ModelRoles(models: models, history: history, asOf: Instant(seconds: 20))
        #expect(late.champion == "b" && late["a"] == .shadow)
        #expect(late.championSince == Instant(seconds: 20))
    }

    @Test func `while nobody has named one, the model named champion is taken for it`() {
        let models = known("x", since: 1) + known("champion", since: 2)
        let taken = roles(models)
        #expect(taken.champion == "champion" && taken.shadows == ["x"])
        #expect(taken.championAssumedSince == Instant(seconds: 2))
        #expect(taken.assumedSince("x") == nil)
    }

    @Test func `else the model that was known first, and of several the one that sorts first`() {
        let later = known("a", since: 7)
        #expect(roles(known("y", since: 3) + later).champion == "y")
        #expect(roles(later + known("y", "x", since: 3)).champion == "x")
        #expect(roles(later + known("y", since: 3)).championAssumedSince == Instant(seconds: 3))
        #expect(roles([]).champion == nil)
    }

    @Test func `a model that was given another role is not taken for the champion`() {
        let models = known("a", since: 1) + known("b", since: 2)
        #expect(roles(models, [change("a", .shadow, 5)]).champion == "b")
        #expect(roles(models, [change("a", .retired, 5), change("b", .shadow, 5)]).champion == nil)
    }

    @Test func `who once had a champion that was named is given no other`() {
        let history = [change("a", .champion, 5), change("a", .retired, 6)]
        #expect(roles(known("a", "b"), history).champion == nil)
        // Before the role was valid, the first is taken for it.
        let before = ModelRoles(models: known("b"), history: history, asOf: Instant(seconds: 4))
        #expect(before.champion == "b")
    }

    @Test func `who is taken for the champion was none before, so that nobody takes over from it`()
    {
        let taken = roles(known("a", "b"), [change("b", .champion, 5)])
        #expect(taken.champion == "b" && taken.championSince == nil)
    }

    @Test func `T7: what comes later never changes who was taken for the champion before`() {
        let names: [Name] = ["gbm", "e\u{301}", "\u{E9}", "champion"]
        // Every way in which four models become known at three instants.
        for code in 0..<81 {
            let models = names.enumerated().map { index, name in
                let since = [1, 3, 9, 27].map { code / $0 % 3 }[index]
                return KnownModel(name: name, since: Instant(seconds: Int64(since)))
            }
            for second in Int64(0)...2 {
                let then = models.filter { $0.since <= Instant(seconds: second) }
                let asked = roles(then)
                #expect(asked == roles(then.reversed()), "the order of models says nothing")
                let expected =
                    then.contains { $0.name == "champion" }
                    ? "champion"
                    : then.min { ($0.since, $0.name) < ($1.since, $1.name) }?.name
                #expect(asked.champion == expected)
                #expect(asked.championAssumedSince.map { $0 <= Instant(seconds: second) } ?? true)
            }
        }
    }
}
