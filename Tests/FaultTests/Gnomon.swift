import Dispatch
import EmbeddedPostgres
import Foundation
import Postgres
import Synchronization
import TestSupport
import Testing

/// A database of the task, as a process of gnomon is told of it.
struct FaultDatabase: Sendable {
    var name: String
    var connectionString: String

    func connect() async throws -> PostgresConnection {
        try await .connect(
            PostgresConfiguration(connectionString: connectionString, applicationName: "tests")
        )
    }
}

/// The built `gnomon`, working on one database.
struct Gnomon: Sendable {
    static let task = "faults"

    private let executable: Executable
    private let database: FaultDatabase

    init(database: FaultDatabase) throws {
        self.database = database
        executable = try Executable(
            environment: ["GNOMON_DATABASE_URL": database.connectionString]
        )
    }

    func run(_ arguments: [String]) async throws -> Command.Outcome {
        try await executable.run(arguments)
    }

    /// Runs what must not fail.
    @discardableResult
    func succeed(_ arguments: String...) async throws -> String {
        try await succeed(arguments)
    }

    @discardableResult
    func succeed(_ arguments: [String]) async throws -> String {
        let outcome = try await run(arguments)
        guard outcome.status == 0, outcome.errors.isEmpty else {
            throw Failed(command: arguments.joined(separator: " "), outcome: outcome)
        }
        return outcome.output
    }

    func start(_ arguments: [String]) throws -> Uploader {
        Uploader(try executable.start(arguments))
    }

    struct Failed: Error, CustomStringConvertible {
        var command: String
        var outcome: Command.Outcome

        var description: String {
            "gnomon \(command) ended with \(outcome.status): \(outcome.errors)\(outcome.output)"
        }
    }

    // MARK: What is stored

    /// What is stored of the task, which is the same after one upload and after one that was resent.
    ///
    /// - Returns: The answers of `verify` and of `labels status`, and the number of rows of each table.
    /// - Throws: Where the database does not answer.
    func state() async throws -> State {
        // A server that lost a backend by force recovers, for as long as its machine takes.
        try await eventually("the server answers") { try await run(["task", "list"]).status != 69 }
        async let verification = verify()
        async let status = succeed("labels", "status", "--task", Self.task, "--format", "json")
        async let rows = rows()
        return State(
            verification: try await verification,
            status: try Self.members(of: try await status),
            rows: try await rows
        )
    }

    /// How many cells differ, and not which, of which the first are named.
    private func verify() async throws -> [String: String] {
        let arguments = ["verify", "--task", Self.task, "--format", "json"]
        let outcome = try await run(arguments)
        guard [0, 1].contains(outcome.status), outcome.errors.isEmpty == (outcome.status == 0)
        else {
            throw Failed(command: arguments.joined(separator: " "), outcome: outcome)
        }
        return try Self.members(of: outcome.output).filter { $0.key != "differences" }
    }

    struct State: Equatable {
        var verification: [String: String]
        var status: [String: String]
        var rows: [Int]

        /// Whether all cells are those of the ledger.
        var isClean: Bool { verification["clean"] == "true" }

        /// What differs, for the text of a failed expectation.
        func difference(from other: State) -> String {
            let own = verification.merging(status) { "\($0) \($1)" }
            let others = other.verification.merging(other.status) { "\($0) \($1)" }
            let names = Set(own.keys).union(others.keys).sorted().filter { own[$0] != others[$0] }
            let changes = names.map { "\($0): \(own[$0] ?? "") for \(others[$0] ?? "")" }
            return (changes + ["rows: \(rows) for \(other.rows)"]).joined(separator: "; ")
        }
    }

    /// The members of an object, as texts; not the instant of the answer.
    private static func members(of json: String) throws -> [String: String] {
        let object = try JSONSerialization.jsonObject(with: Data(json.utf8))
        var members: [String: String] = [:]
        for (name, value) in try #require(object as? [String: Any]) where name != "as_of" {
            let data = try JSONSerialization.data(
                withJSONObject: name == "contradictions" ? renumbered(value) : value,
                options: [.sortedKeys, .fragmentsAllowed]
            )
            members[name] = String(decoding: data, as: UTF8.self)
        }
        return members
    }

    /// With uploads numbered through in their order: one that was rolled back leaves its number unused.
    private static func renumbered(_ contradictions: Any) -> Any {
        guard var members = contradictions as? [String: Any],
            let uploads = members["uploads"] as? [[String: Int]]
        else { return contradictions }
        let ids = uploads.flatMap { [$0["upload"], $0["against"]] }.compactMap { $0 }
        let order = Set(ids).sorted()
        members["uploads"] = uploads.map { upload in
            upload.reduce(into: [String: Int]()) { renumbered, member in
                let isID = member.key != "rows"
                renumbered[member.key] = isID ? order.firstIndex(of: member.value) : member.value
            }
        }
        return members
    }

    private func rows() async throws -> [Int] {
        let connection = try await database.connect()
        let row = try await connection.query(
            """
            SELECT array_agg(table_rows ORDER BY table_number)
            FROM (
                SELECT 1, count(*) FROM predictions
                UNION ALL SELECT 2, count(*) FROM labels
                UNION ALL SELECT 3, count(*) FROM orphan_labels
                UNION ALL SELECT 4, count(*) FROM rejects
                UNION ALL SELECT 5, count(*) FROM uploads
                UNION ALL SELECT 6, coalesce(sum(prediction_rows), 0)::bigint FROM task_parts
                UNION ALL SELECT 7, count(*) FROM withdrawn_predictions
                UNION ALL SELECT 8, count(*) FROM withdrawn_labels
                UNION ALL SELECT 9, count(*) FROM repeated_predictions
                UNION ALL SELECT 10, count(*) FROM repeated_labels
                UNION ALL SELECT 11, count(*) FROM upload_withdrawals
                UNION ALL SELECT 12, coalesce(sum(request_count), 0)::bigint FROM forgotten_requests
            ) AS counts (table_number, table_rows)
            """
        ).single()
        let rows = try row.int64Array(0).map(Int.init)
        await connection.close()
        return rows
    }
}

/// A process of gnomon at work, of which it is known whether it has ended.
final class Uploader: Sendable {
    private let running: RunningCommand
    private let start = ContinuousClock.now
    private let ended: EndMark
    private let waiting: Task<Command.Outcome, any Error>

    init(_ running: RunningCommand) {
        self.running = running
        let ended = EndMark()
        self.ended = ended
        waiting = Task {
            // Waiting blocks, which the threads of tasks must not.
            try await withCheckedThrowingContinuation { continuation in
                DispatchQueue.global().async {
                    let outcome = Result { try running.wait() }
                    ended.set()
                    continuation.resume(with: outcome)
                }
            }
        }
        let limit = DispatchTimeInterval.seconds(Int(Hang.limit.components.seconds))
        DispatchQueue.global().asyncAfter(deadline: .now() + limit) { [weak self] in self?.kill() }
    }

    var hasEnded: Bool { ended.instant != nil }

    /// How long it ran, once it has ended.
    var duration: Duration? { ended.instant.map { $0 - start } }

    func kill() {
        if !hasEnded { running.send(signal: SIGKILL) }
    }

    /// How it ended, once it has.
    func outcome() async throws -> Command.Outcome {
        try await waiting.value
    }
}

/// Says when something has ended.
private final class EndMark: Sendable {
    private let mark = Mutex<ContinuousClock.Instant?>(nil)

    var instant: ContinuousClock.Instant? { mark.withLock(\.self) }

    func set() { mark.withLock { $0 = .now } }
}
