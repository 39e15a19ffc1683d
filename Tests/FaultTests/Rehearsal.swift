import EmbeddedPostgres
import Postgres
import TestSupport
import Testing

/// What was there before, and what is being uploaded when the kill comes.
struct Scenario: Sendable {
    var name: String
    var before: [[String]]
    /// SQL that spoils what is there then.
    var damage = ""
    var upload: [String]

    static func all(_ input: FaultInput) -> [Scenario] {
        func upload(_ kind: String, _ path: String) -> [String] {
            [kind, "upload", path, "--task", Gnomon.task]
        }
        let predictions = upload("predictions", input.predictions)
        let labels = upload("labels", input.labels)
        let parts = (0..<FaultInput.parts).map { upload("predictions", input.part($0)) }
        return [
            Scenario(name: "predictions", before: [], upload: predictions),
            Scenario(name: "labels", before: [predictions], upload: labels),
            Scenario(name: "predictions of orphans", before: [labels], upload: predictions),
            Scenario(name: "labels alone", before: [], upload: labels),
            Scenario(name: "last part", before: [labels] + parts.dropLast(), upload: parts[8]),
        ]
    }
}

extension Scenario {
    /// An upload that is taken back, where another has told some of the same.
    static func withdrawals(_ input: FaultInput) -> [Scenario] {
        let uploads = [
            ["predictions", "upload", input.predictions, "--task", Gnomon.task],
            ["labels", "upload", input.labels, "--task", Gnomon.task],
            ["predictions", "upload", input.part(0), "--task", Gnomon.task],
        ]
        return [(1, "predictions"), (2, "labels")].map { upload, kind in
            Scenario(
                name: "withdrawal of \(kind)",
                before: uploads,
                upload: [
                    "uploads", "withdraw", "\(upload)", "--task", Gnomon.task, "--note",
                    "a mistake",
                ]
            )
        }
    }
}

extension Scenario {
    /// Requests that are deleted for good, and cells that are written anew.
    static func deletionsAndRepairs(_ input: FaultInput) -> [Scenario] {
        let uploads = withdrawals(input)[0].before
        return [
            Scenario(
                name: "deletion of requests",
                before: uploads + [withdrawals(input)[1].upload],
                upload: [
                    "forget", "--task", Gnomon.task, "--file", input.subjects, "--confirm",
                    Gnomon.task,
                ]
            ),
            Scenario(
                name: "repair of cells",
                before: uploads,
                damage: "DELETE FROM model_cells WHERE slice_id = 0; DELETE FROM pair_cells;",
                upload: ["verify", "--task", Gnomon.task, "--repair"]
            ),
        ]
    }
}

/// A scenario that was gone through once without a fault, and can be begun again.
struct Rehearsal {
    let scenario: Scenario
    let cluster: FaultCluster
    /// What is stored before the upload.
    let before: Gnomon.State
    /// What is stored after one upload.
    let after: Gnomon.State
    /// How long the upload takes, as measured last.
    var duration: Duration
    private let template: String

    /// Brings a database to where the scenario begins, and looks at one upload that nobody disturbs.
    init(_ scenario: Scenario, on cluster: FaultCluster) async throws {
        self.scenario = scenario
        self.cluster = cluster
        let start = try await cluster.clone(FaultCluster.template)
        for upload in scenario.before { try await Gnomon(database: start).succeed(upload) }
        let connection = try await start.connect()
        try await connection.executeScript(scenario.damage)
        await connection.close()
        before = try await Gnomon(database: start).state()
        template = start.name
        let copy = try await cluster.clone(template)
        let gnomon = try Gnomon(database: copy)
        let clock = ContinuousClock.now
        try await gnomon.succeed(scenario.upload)
        duration = ContinuousClock.now - clock
        after = try await gnomon.state()
        try await cluster.drop(copy)
        #expect(before != after)
        #expect(before.isClean == scenario.damage.isEmpty && after.isClean)
    }

    /// A database in which the scenario begins anew.
    func begin(tablespace: String = "pg_default") async throws -> FaultDatabase {
        try await cluster.clone(template, tablespace: tablespace)
    }

    /// Sends the same again until there is an answer, and looks at what is stored then.
    ///
    /// - Returns: How long the upload took that answered.
    @discardableResult
    func rerun(_ database: FaultDatabase, _ title: String) async throws -> Duration {
        let gnomon = try Gnomon(database: database)
        for _ in 0..<Self.reruns {
            let start = ContinuousClock.now
            let outcome = try await gnomon.run(scenario.upload)
            let duration = ContinuousClock.now - start
            if outcome.status == 0 {
                let state = try await gnomon.state()
                #expect(state == after, "\(title), then: \(state.difference(from: after))")
                return duration
            }
            #expect(outcome.status == 69, "\(title): \(outcome.errors)")
        }
        throw NeverHappened(event: "a rerun answered: \(title)")
    }

    private static let reruns = 10
}
