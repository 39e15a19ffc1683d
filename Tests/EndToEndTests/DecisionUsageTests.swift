import EmbeddedPostgres
import TestSupport
import Testing

/// Wrong usage of the commands that decide is told, with what is allowed.
@Suite(.temporaryDatabase, .hangLimit)
struct DecisionUsageTests {
    private static let mistakes: [(arguments: [String], saying: String)] = [
        (
            ["compare", "--margin", "0"],
            "--margin 0.0 must be a number above 0. See: gnomon compare --help"
        ),
        (["compare", "--minimum-gain=-1"], "--minimum-gain -1.0 must be a number from 0 on"),
        (["compare", "--as-of", "yesterday"], "2013-06-24"),
        (["recommend", "--confirm", "5/3"], "Write k/n, such as 3/5"),
        (["recommend", "--confirm", "3"], "Write k/n, such as 3/5"),
        (["recommend", "--cool-down", "soon"], "14d"),
        (["recommend", "--walk", "2013-01-01"], "Write FROM..TO, such as 2013-05-01..2013-12-31"),
        (
            ["recommend", "--history", "--limit", "0"],
            "--limit 0 must be a whole number from 1 to 10000"
        ),
        (["recommend", "--new-baseline"], "--new-baseline goes with --acknowledge"),
        (
            ["recommend", "--history", "--acknowledge", "x"],
            "--history, --walk and --acknowledge are different questions"
        ),
        (["recommend", "--history", "--as-of", "2013-01-01"], "--as-of does not go with"),
        (["recalibrate", "--from", "2013-01-01"], "--from and --to go together"),
        (["recalibrate", "--method", "spline"], "platt"),
    ]

    @Test func `wrong options are refused with what is allowed`() async throws {
        let program = try Program()
        for (arguments, text) in Self.mistakes {
            let outcome = try await program.run(arguments + ["--task", "t"])
            #expect(outcome.status == 64, "\(arguments)")
            #expect(outcome.errors.contains(text), "\(arguments): \(outcome.errors)")
        }
    }

    private static let refusals: [(arguments: [String], status: Int32, saying: String)] = [
        (["compare", "--metric", "mae"], 64, "brier_score, log_loss, accuracy, roc_auc"),
        (["compare", "--shadow", "nobody"], 66, "champion, shadow"),
        (["compare", "--shadow", "champion"], 64, "champion"),
        (["compare", "--as-of", "2999-01-01"], 64, "past instants only"),
        (["recommend", "--model", "nobody"], 66, "champion, shadow"),
        (["recommend", "--as-of", "2999-01-01"], 64, "past instants only"),
        (
            ["recommend", "--walk", "2013-02-01..2013-01-01"], 64,
            "there is no time"
        ),
        (
            ["recalibrate", "--from", "2013-02-01", "--to", "2013-01-01"], 64,
            "there is no time"
        ),
        (["recalibrate", "--export", "/no/such/map.json"], 1, "/no/such/map.json"),
        (["mature", "--task", "nothing"], 66, "story"),
    ]

    @Test func `what cannot be answered says why`() async throws {
        let program = try Program()
        var history = SyntheticHistory.equalModels
        history.days = 10
        try await history.upload(to: program)
        for (arguments, status, text) in Self.refusals {
            let task = arguments.contains("--task") ? [] : ["--task", "story"]
            let outcome = try await program.run(arguments + task)
            #expect(outcome.status == status, "\(arguments): \(outcome.errors)")
            #expect(outcome.errors.contains(text), "\(arguments): \(outcome.errors)")
            #expect(outcome.errors.split(separator: "\n").count == 1, "\(arguments)")
        }
    }
}
