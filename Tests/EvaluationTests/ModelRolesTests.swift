import Evaluation
import Testing

struct ModelRolesTests {
    @Test func `a new champion makes the old one a shadow, from that instant on`() {
        let history = [
            RoleChange(model: "a", role: .champion, validFrom: Instant(seconds: 10)),
            RoleChange(model: "b", role: .champion, validFrom: Instant(seconds: 20)),
        ]
        let early = ModelRoles(models: ["a", "b"], history: history, asOf: Instant(seconds: 15))
        #expect(early.champion == "a" && early.shadows == ["b"])
        let late = ModelRoles(models: ["a", "b"], history: history, asOf: Instant(seconds: 20))
        #expect(late.champion == "b" && late["a"] == .shadow)
    }

    @Test func `without any role a model named champion, or the only model, is the champion`() {
        #expect(
            ModelRoles(models: ["champion", "x"], history: [], asOf: .distantFuture).champion
                == "champion"
        )
        #expect(ModelRoles(models: ["only"], history: [], asOf: .distantFuture).champion == "only")
        #expect(ModelRoles(models: ["x", "y"], history: [], asOf: .distantFuture).champion == nil)
    }
}
