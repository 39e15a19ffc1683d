import EmbeddedPostgres
import Foundation
import TestSupport
import Testing

/// The demo, on a private server of its own.
@Suite(.hangLimit)
struct DemoTests {
    @Test func `the demo tells its story, and its database can be looked at afterwards`()
        async throws
    {
        let home = "/tmp/gnomon-demo-\(UUID().uuidString.prefix(8))"
        defer { try? FileManager.default.removeItem(atPath: home) }
        try FileManager.default.createDirectory(atPath: home, withIntermediateDirectories: true)
        var gnomon = try Executable(environment: ["XDG_DATA_HOME": home])
        gnomon.directory = Repository.path
        let outcome = try await gnomon.run("demo")
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(outcome.errors == "")
        let text = outcome.output
        #expect(text.contains("46 of 88 labels are still out"))
        #expect(text.contains("Brier score read 0.172, from 42 of 88 labels"))
        #expect(text.contains("it was 0.351"))
        #expect(text.contains("flights is clean"))
        #expect(text.contains("export GNOMON_DATABASE_URL=embedded:gnomon_demo"))
        for line in text.split(separator: "\n") { #expect(line.count <= 100, "\(line)") }
        let status = try await gnomon.run("database", "status", "--format", "json")
        #expect(status.output.contains("\"running\": false"))
        gnomon.environment["GNOMON_DATABASE_URL"] = "embedded:gnomon_demo"
        let tasks = try await gnomon.run("task", "list", "--format", "csv")
        #expect(tasks.output.contains("\nflights,") && tasks.output.contains("\nflights-delay,"))
        try await expectWhatTheReadmeShows(gnomon)
    }

    /// What README shows of these flights is what the program says, but for what is left out and for today.
    private func expectWhatTheReadmeShows(_ gnomon: Executable) async throws {
        let sessions = try Self.sessions()
        #expect(sessions.count >= 5)
        for session in sessions {
            let said = try await gnomon.run(session.arguments).output.split(separator: "\n")
                .map(Self.words)
            for line in session.lines where line != "…" && !line.contains("as known at 202") {
                #expect(said.contains(Self.words(line[...])), "\(session.arguments): \(line)")
            }
        }
    }

    /// The commands about the flights of the demo, with the lines below them.
    private static func sessions() throws -> [(arguments: [String], lines: [String])] {
        let text = try String(contentsOfFile: Repository.path + "/README.md", encoding: .utf8)
            .replacing(/\\\n +/, with: "")
        var sessions: [(arguments: [String], lines: [String])] = []
        var isShown = false
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.hasPrefix("    $ gnomon ") {
                isShown = line.contains("--task flights")
                if isShown {
                    sessions.append((words(line).dropFirst(2).map(String.init), []))
                }
            } else if isShown, line.hasPrefix("    ") {
                sessions[sessions.count - 1].lines.append(line.trimmingCharacters(in: .whitespaces))
            } else if !line.isEmpty {
                isShown = false
            }
        }
        return sessions
    }

    /// Columns are as wide as their table.
    private static func words(_ line: Substring) -> [Substring] {
        line.split(whereSeparator: { $0 == " " || $0 == "•" })
    }

    @Test func `files that are not there are 66 before anything is started`() async throws {
        let outcome = try await Executable().run("demo", "--data", "/no/such/folder")
        #expect(outcome.status == 66)
        #expect(outcome.errors.hasPrefix("gnomon: The flights are in none of: /no/such/folder."))
    }
}
