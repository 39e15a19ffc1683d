import EmbeddedPostgres
import Foundation
import Postgres
import TestSupport
import Testing

extension FaultTests {
    /// Kills at random points, and one at the worst point.
    struct KillTests {
        @Test
        func `T4 and T6: kill -9 of uploader or backend at random leaves the counts of one upload`()
            async throws
        {
            try await killAtRandom(Scenario.all, points: FaultSettings.points)
        }

        @Test
        func `T4 and T6: kill -9 while an upload is taken back leaves all of it counted, or none`()
            async throws
        {
            try await killAtRandom(Scenario.withdrawals, points: FaultSettings.points / 5)
        }

        @Test
        func `T4 and T6: kill -9 of a deletion or a repair leaves all of it done, or nothing`()
            async throws
        {
            try await killAtRandom(
                Scenario.deletionsAndRepairs,
                points: FaultSettings.points / 5
            )
        }

        private func killAtRandom(
            _ scenarios: @escaping @Sendable (FaultInput) -> [Scenario],
            points: Int
        ) async throws {
            let seed = FaultSettings.seed
            print("Seed \(seed), \(points) points; repeat with GNOMON_FAULT_SEED=\(seed).")
            try await FaultInput.with(seed: seed) { input in
                try await FaultCluster.with { cluster in
                    var rehearsals: [Rehearsal] = []
                    for scenario in scenarios(input) {
                        rehearsals.append(try await Rehearsal(scenario, on: cluster))
                    }
                    var generator = TestGenerator(seed: UInt64(seed))
                    var tally = Tally()
                    for point in 0..<points {
                        let choice = point / 2 % rehearsals.count
                        try await rehearsals[choice].run(
                            point: point,
                            victim: point.isMultiple(of: 2) ? .uploader : .backend,
                            fraction: Double.random(in: 0..<1, using: &generator),
                            tally: &tally
                        )
                    }
                    print(tally)
                    #expect(tally.hits * 2 > points, "Most kills came too late: \(tally)")
                }
            }
        }

        @Test
        func `T1 and T4: an upload killed in its COMMIT and sent again at once counts once`()
            async throws
        {
            try await FaultInput.with(seed: FaultSettings.seed) { input in
                try await FaultCluster.with { cluster in
                    for scenario in Scenario.all(input).prefix(2) {
                        let rehearsal = try await Rehearsal(scenario, on: cluster)
                        let database = try await rehearsal.begin()
                        let hold = try await HeldCommits(in: database)
                        let gnomon = try Gnomon(database: database)
                        let killed = try gnomon.start(scenario.upload)
                        try await eventually("the upload commits") { try await hold.waiting == 1 }
                        killed.kill()
                        #expect(try await killed.outcome().status == 128 + SIGKILL)
                        // Its backend has not noticed, and will commit when it may.
                        let resent = try gnomon.start(scenario.upload)
                        try await eventually("the second waits for it") {
                            try await hold.waiting == 2
                        }
                        await hold.end()
                        let outcome = try await resent.outcome()
                        #expect(outcome.status == 0, "\(scenario.name): \(outcome.errors)")
                        try await rehearsal.rerun(database, scenario.name)
                    }
                }
            }
        }
    }
}

enum Victim {
    case uploader
    case backend
}

/// How often what was hit.
struct Tally: CustomStringConvertible {
    var hits = 0
    var byMoment: [String: Int] = [:]
    var byEnd: [String: Int] = [:]

    var description: String {
        func list(_ counts: [String: Int]) -> String {
            counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
                .map { "\($0.value) \($0.key)" }.joined(separator: ", ")
        }
        return """
            \(hits) kills hit a running upload. When they came: \(list(byMoment)). \
            How it ended: \(list(byEnd)).
            """
    }
}

// MARK: - One kill

extension Rehearsal {
    mutating func run(
        point: Int,
        victim: Victim,
        fraction: Double,
        tally: inout Tally
    ) async throws {
        let title = "point \(point): \(scenario.name), \(victim) killed at \(fraction)"
        let database = try await begin()
        let gnomon = try Gnomon(database: database)
        let uploader = try gnomon.start(scenario.upload)
        // The random moment of the kill; the one place where a test sleeps.
        try await Task.sleep(for: duration * fraction)
        let moment = try await kill(victim, of: uploader, in: database)
        let outcome = try await uploader.outcome()
        if moment.isHit {
            tally.hits += 1
        } else if let own = uploader.duration {
            duration = own
        }
        tally.byMoment[moment.name, default: 0] += 1

        try await cluster.waitUntilItAnswers()
        let between = try await gnomon.state()
        #expect(
            between == before || between == after,
            "\(title), \(moment.name), half-written: \(between.difference(from: after))"
        )
        check(outcome, victim, isComplete: between == after, title)
        let isCommitted = between == after
        let end = isCommitted ? "committed" : "rolled back"
        tally.byEnd["\(end) with status \(outcome.status)", default: 0] += 1

        let rerun = try await rerun(database, "\(title), \(moment.name)")
        if !isCommitted { duration = rerun }
        try await cluster.drop(database)
    }

    /// The killed uploader says nothing; one whose backend was killed has uploaded all the same, or says
    /// so in one line.
    private func check(
        _ outcome: Command.Outcome,
        _ victim: Victim,
        isComplete: Bool,
        _ title: String
    ) {
        switch outcome.status {
        case 0:
            #expect(isComplete, "\(title): answered, and not all is there")
        case 128 + SIGKILL:
            #expect(victim == .uploader, "\(title)")
        case 69:
            #expect(victim == .backend, "\(title)")
            #expect(outcome.errors.isOneLine, "\(title): \(outcome.errors)")
            #expect(outcome.output.isEmpty, "\(title): \(outcome.output)")
        default:
            Issue.record("\(title): status \(outcome.status), \(outcome.errors)")
        }
    }

    // MARK: Killing

    private struct Moment {
        var name: String
        var isHit: Bool
    }

    /// What the upload is at, as far as the server knows.
    private struct Activity {
        var process: Int32
        var name: String
    }

    private func kill(
        _ victim: Victim,
        of uploader: Uploader,
        in database: FaultDatabase
    ) async throws -> Moment {
        var activity = try await activity(in: database)
        if victim == .backend {
            // One that has not connected yet has no backend.
            try await eventually("the upload connected or ended") {
                activity = try await self.activity(in: database)
                return activity != nil || uploader.hasEnded
            }
        }
        guard !uploader.hasEnded else { return Moment(name: "after the end", isHit: false) }
        let name = activity?.name ?? "before connecting"
        switch victim {
        case .uploader:
            uploader.kill()
            return Moment(name: name, isHit: try await uploader.outcome().status != 0)
        case .backend:
            guard let process = activity?.process, Foundation.kill(process, SIGKILL) == 0 else {
                return Moment(name: name, isHit: false)
            }
            // Until it has taken note of the death, the server answers as if nothing had happened.
            try await eventually("the server noticed the kill") {
                Foundation.kill(process, 0) != 0
            }
            return Moment(name: name, isHit: true)
        }
    }

    /// The session of the upload that is at work, or else any.
    private func activity(in database: FaultDatabase) async throws -> Activity? {
        try await cluster.administrators.withConnection { connection in
            let rows = try await connection.query(
                """
                SELECT pid,
                    CASE
                        WHEN xact_start IS NULL THEN 'connected'
                        ELSE substring(regexp_replace(query, '\\s+', ' ', 'g') FROM '\\w+ ?\\w*')
                    END AS moment
                FROM pg_stat_activity
                WHERE datname = \(database.name) AND application_name = 'gnomon'
                ORDER BY xact_start NULLS LAST, backend_start
                LIMIT 1
                """
            )
            return try rows.first.map { row in
                Activity(
                    process: try row.int32("pid"),
                    name: "at " + (try row.isNull("moment") ? "BEGIN" : try row.text("moment"))
                )
            }
        }
    }
}

extension String {
    /// Whether this is one line of text, as a command's error is.
    var isOneLine: Bool {
        hasPrefix("gnomon: ") && hasSuffix("\n") && dropLast().allSatisfy { !$0.isNewline }
    }
}
