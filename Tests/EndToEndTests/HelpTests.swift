import EmbeddedPostgres
import TestSupport
import Testing

@Suite(.hangLimit)
struct HelpTests {
    static let commands = [
        "", "task", "task create", "task list", "task show", "task set",
        "task rename", "task delete", "model", "model list", "model role", "model rename",
        "predictions", "predictions upload", "labels", "labels upload", "labels status",
        "labels rejects", "labels orphans", "uploads", "uploads list", "uploads show",
        "uploads withdraw", "report",
        "calibration", "compare", "pairs", "recommend", "recalibrate", "mature",
        "prune", "verify", "migrate", "database", "database start", "database stop",
        "database status", "demo", "serve", "token", "token create", "token list", "token revoke",
    ]

    @Test func `the help of every command is what the snapshots say`() async throws {
        let gnomon = try Executable()
        for command in Self.commands {
            let outcome = try await gnomon.run(
                command.split(separator: " ").map(String.init) + ["--help"]
            )
            #expect(outcome.status == 0 && outcome.errors == "")
            let name = command.isEmpty ? "gnomon" : "gnomon-" + command.replacing(" ", with: "-")
            try expectSnapshot(outcome.output, "\(name).txt")
        }
    }

    @Test func `a group of commands without a verb shows its help`() async throws {
        let outcome = try await Executable().run("task")
        #expect(outcome.status == 0)
        #expect(outcome.output.contains("USAGE: gnomon task <subcommand>"))
    }

    @Test func `the version is shown`() async throws {
        let outcome = try await Executable().run("--version")
        #expect(outcome.status == 0)
        #expect(outcome.output.contains("."))
    }
}
