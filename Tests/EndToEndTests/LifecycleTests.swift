import EmbeddedPostgres
import TestSupport
import Testing

/// Renaming and deleting on the command line.
@Suite(.temporaryDatabase, .hangLimit)
struct LifecycleTests {
    private static let rows =
        "prediction_id,predicted_at,model,version,score\na,2013-01-01T00:00:00Z,gmb,v,0.5\n"

    private func program() async throws -> Program {
        let program = try Program()
        try await program.output("task", "create", "old", "--kind", "binary")
        let file = try program.file("rows.csv", Self.rows)
        try await program.output("predictions", "upload", "--task", "old", file)
        return program
    }

    @Test func `a model and a task get other names`() async throws {
        let program = try await program()
        let models = try await program.output("model", "rename", "--task", "old", "gmb", "gbm")
        #expect(models.contains("gbm") && !models.contains("gmb"))
        #expect(try await program.output("task", "rename", "old", "new").contains("Task new"))
        #expect(try await program.output("report", "--task", "new").contains("gbm"))
        let gone = try await program.run("report", "--task", "old")
        #expect(gone.status == 66 && gone.errors.contains("The tasks are: new."))
        let taken = try await program.run("model", "rename", "--task", "new", "gbm", "gbm")
        #expect(taken.status == 64 && taken.errors.contains("It is called gbm already"))
    }

    @Test func `a task is deleted where its name is said twice, and nobody is asked in a script`()
        async throws
    {
        let program = try await program()
        for (arguments, text) in [
            ([], "--confirm"), (["--confirm", "odl"], "\"odl\" is not the name of the task"),
        ] as [([String], String)] {
            let refused = try await program.run(["task", "delete", "old"] + arguments)
            #expect(refused.status == 64 && refused.errors.contains(text), "\(refused.errors)")
        }
        #expect(try await program.output("report", "--task", "old").contains("gmb"))
        let deleted = try await program.output("task", "delete", "old", "--confirm", "old")
        #expect(
            deleted == "Deleted task old: 1 uploads, 1 rows of predictions, 0 labels, 0 rejects.\n"
        )
        #expect(try await program.run("task", "show", "old").status == 66)
    }
}
