import ArgumentParser
import Contract
import Endpoints
import HTTPTypes
import Postgres
import Presentation
import Testing

@testable import Commands
@testable import WebServer

/// A question takes the same on a command line, over HTTP and on a page.
@Suite struct EndpointTests {
    private static let routes: [Route] = {
        var settings = ServerSettings()
        settings.isOpen = true
        let database = PostgresConfiguration(connectionString: "")
        return (try? GnomonServer(settings, database: database).table.routes) ?? []
    }()

    private static func route<Answer>(_ endpoint: Endpoint<Answer>) throws -> Route {
        try #require(
            routes.first {
                $0.path.text == endpoint.path && $0.method.rawValue == endpoint.method.rawValue
            },
            "\(endpoint.method.rawValue) \(endpoint.path)"
        )
    }

    private static func parameters(_ route: Route) -> Set<String> {
        Set(route.operation.parameters.filter { $0.place == .query }.map(\.name))
    }

    private func expectSameParameters(_ line: String, isWholeListOnly: Bool = false) throws {
        let command = try #require(
            try Gnomon.parseAsRoot(line.split(separator: " ").map(String.init))
                as? any AskingCommand
        )
        try expectSameParameters(command, isWholeListOnly)
    }

    private func expectSameParameters(
        _ command: some AskingCommand,
        _ isWholeListOnly: Bool
    ) throws {
        try expectSameParameters(command.asked(), type(of: command).endpoint, isWholeListOnly)
    }

    private func expectSameParameters<Answer>(
        _ asked: Asked,
        _ endpoint: Endpoint<Answer>,
        _ isWholeListOnly: Bool = false
    ) throws {
        let route = try Self.route(endpoint)
        #expect(route.access == .scope(endpoint.scope))
        #expect(Set(asked.path.keys) == Set(route.path.names))
        // A command has the whole list at once.
        let pages: Set = ["cursor"]
        #expect(
            Set(asked.parameters.names)
                == Self.parameters(route).subtracting(isWholeListOnly ? pages : []),
            "\(route.path.text)"
        )
        #expect((asked.body != nil) == (route.operation.body != nil))
    }

    @Test(arguments: [
        "report --task t --from 2013-01-01 --to 2013-02-01 --model m --slice a=b --as-of 2013-03-01 --exact "
            + "--by month --by-version --metrics ece_10",
        "compare --task t --champion a --shadow b --shadow c --metric mae --margin 1 --minimum-gain 1 "
            + "--from 2013-01-01 --to 2013-02-01 --as-of 2013-03-01 --exact --exit-code",
        "pairs --task t --champion a --shadow b --from 2013-01-01 --to 2013-02-01 --slice a=b --as-of 2013-03-01 "
            + "--decided-differently --limit 7",
        "recalibrate --task t --model m --method isotonic --from 2013-01-01 --to 2013-02-01 --as-of 2013-03-01",
        "labels status --task t --as-of 2013-03-01", "mature --task t", "prune --task t --dry-run",
        "verify --task t --repair", "model list --task t", "model rename --task t a b",
        "model role --task t a champion --from 2013-01-01", "task list", "task show t",
        "task rename t u", "task delete t --confirm t", "uploads show 7 --task t",
        "uploads withdraw 7 --task t --note wrong", "forget --task t --entity e --confirm t",
        "token list", "token revoke t", "token create t --scopes read --tasks a --expires 1d",
    ])
    func `a command with all its options gives every parameter that HTTP takes`(line: String) throws
    {
        try expectSameParameters(line)
    }

    private static func parsed<Command: ParsableCommand>(_ line: String) throws -> Command {
        try #require(
            try Gnomon.parseAsRoot(line.split(separator: " ").map(String.init)) as? Command
        )
    }

    @Test func `so do the commands that ask several things, or show a picture`() throws {
        let calibration: CalibrationCommand = try Self.parsed(
            "calibration --task t --from 2013-01-01 --to 2013-02-01 --model m --slice a=b --as-of 2013-03-01 "
                + "--exact --bins 20"
        )
        try expectSameParameters(calibration.asked, .calibration)
        let watch = "--model m --without-shadows --confirm 3/5 --cool-down 14d"
        let recommend: RecommendCommand = try Self.parsed(
            "recommend --task t \(watch) --as-of 2013-03-01 --explain --exit-code --strict-slices"
        )
        try expectSameParameters(recommend.presentAsked, .recommendation)
        try expectSameParameters(recommend.pastAsked, .recommendations)
        try expectSameParameters(recommend.acknowledging("why"), .acknowledgement)
        let walk: RecommendCommand = try Self.parsed(
            "recommend --task t \(watch) --walk 2013-01-01..2013-02-01"
        )
        try expectSameParameters(walk.walking(try #require(walk.walk)), .recommendationWalk)
        let create: TaskCreateCommand = try Self.parsed("task create t --kind binary")
        try expectSameParameters(create.asked, .newTask)
        let set: TaskSetCommand = try Self.parsed("task set t --horizon 2d")
        try expectSameParameters(set.asked, .taskChange)
    }

    @Test(arguments: [
        "labels rejects --task t", "labels orphans --task t", "uploads list --task t",
    ])
    func `a command has a whole list where HTTP has pages`(line: String) throws {
        try expectSameParameters(line, isWholeListOnly: true)
    }

    @Test func `what a page of a decision takes is what its question takes`() throws {
        let ofCommands: Set = ["exit_code", "strict_slices", "explain"]
        for (page, endpoint) in [
            ("/tasks/{task}/comparison", try Self.route(.comparison)),
            ("/tasks/{task}/recommendation", try Self.route(.recommendation)),
            ("/tasks/{task}/pairs", try Self.route(.pairs)),
        ] {
            let route = try #require(Self.routes.first { $0.path.text == page })
            #expect(Self.parameters(route) == Self.parameters(endpoint).subtracting(ofCommands))
        }
    }

    @Test(arguments: [
        ["compare", "--task", "t", "--margin", "0"],
        ["compare", "--task", "t", "--minimum-gain", "-1"],
        ["calibration", "--task", "t", "--bins", "7"],
        ["recalibrate", "--task", "t", "--from", "2013-01-01"],
        ["recommend", "--task", "t", "--history", "--limit", "0"],
        ["uploads", "list", "--task", "t", "--limit", "10001"],
        ["labels", "rejects", "--task", "t", "--limit", "0"],
        ["pairs", "--task", "t", "--limit", "1001"],
        ["labels", "orphans", "--task", "t", "--limit", "0"],
        ["uploads", "withdraw", "--task", "t", "--note", "n"], ["task", "set", "t"],
        ["task", "create", "t", "--kind", "binary", "--threshold", "nan"],
        ["report", "--task", "t", "--metrics", ""],
        ["recommend", "--task", "t", "--acknowledge", "x", "--confirm", "3/5"],
    ])
    func `what cannot be asked is refused before anything is connected to`(
        arguments: [String]
    ) throws {
        let error = try #require(throws: (any Error).self) { try Gnomon.parseAsRoot(arguments) }
        let message = Gnomon.message(for: error)
        #expect(!message.isEmpty && !message.contains("="), "\(message)")
    }
}
