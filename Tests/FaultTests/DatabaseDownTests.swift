import EmbeddedPostgres
import TestSupport
import Testing

extension FaultTests {
    /// A server that goes down under an upload.
    struct DatabaseDownTests {
        @Test
        func `T4: a server that stops under an upload is one clear line and leaves nothing half`()
            async throws
        {
            try await FaultInput.with(seed: FaultSettings.seed) { input in
                try await FaultCluster.with { cluster in
                    for scenario in Scenario.all(input).prefix(2) {
                        let rehearsal = try await Rehearsal(scenario, on: cluster)
                        for isLate in [false, true] {
                            try await stop(cluster, under: rehearsal, isLate: isLate)
                        }
                    }
                }
            }
        }

        /// - Parameter isLate: Whether the server stops when the upload commits, and not when it begins.
        private func stop(
            _ cluster: FaultCluster,
            under rehearsal: Rehearsal,
            isLate: Bool
        ) async throws {
            let title = "\(rehearsal.scenario.name), \(isLate ? "committing" : "beginning")"
            let database = try await rehearsal.begin()
            let gnomon = try Gnomon(database: database)
            let hold = isLate ? try await HeldCommits(in: database) : nil
            let gate = isLate ? nil : try await ClosedGate(in: database)
            let upload = try gnomon.start(rehearsal.scenario.upload)
            try await eventually("the upload is at work") {
                let waiting = [try await hold?.waiting, try await gate?.waiting]
                return waiting.contains(1)
            }
            try await cluster.stopImmediately()
            for outcome in [
                // The one whose server went away, and one that finds none.
                try await upload.outcome(), try await gnomon.run(rehearsal.scenario.upload),
            ] {
                #expect(outcome.status == 69, "\(title)")
                #expect(outcome.errors.isOneLine, "\(title): \(outcome.errors)")
                #expect(outcome.errors.contains("The database cannot be reached"), "\(title)")
                #expect(outcome.output == "", "\(title)")
                print("\(title): \(outcome.errors)", terminator: "")
            }
            await hold?.end()
            await gate?.end()
            try await cluster.start()
            let between = try await gnomon.state()
            #expect(
                between == rehearsal.before,
                "\(title): \(between.difference(from: rehearsal.before))"
            )
            try await rehearsal.rerun(database, title)
            try await cluster.drop(database)
        }
    }
}
