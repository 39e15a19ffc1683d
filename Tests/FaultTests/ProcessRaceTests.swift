import EmbeddedPostgres
import Foundation
import TestSupport
import Testing

extension FaultTests {
    /// Predictions and the labels that answer them, uploaded by two processes.
    struct ProcessRaceTests {
        private static let ids = 20

        @Test
        func `T3 and T5: predictions and labels from two processes at once are joined every time`()
            async throws
        {
            let database = FaultDatabase(
                name: "",
                connectionString: TemporaryDatabase.connectionString
            )
            let gnomon = try Gnomon(database: database)
            try await gnomon.succeed("task", "create", Gnomon.task, "--kind", "binary")
            let directory = FileManager.default.temporaryDirectory
                .appendingPathComponent("gnomon-race-\(UUID().uuidString)").path
            try FileManager.default.createDirectory(
                atPath: directory,
                withIntermediateDirectories: true
            )
            defer { try? FileManager.default.removeItem(atPath: directory) }
            for round in 0..<FaultSettings.rounds {
                let uploads = try Self.uploads(of: round, in: directory)
                // Every second time both are let in at the very same moment.
                let gate = round.isMultiple(of: 2) ? try await ClosedGate(in: database) : nil
                // Either begins, in turns.
                let order = round / 2 % 2 == 0 ? uploads : uploads.reversed()
                let running = try order.map { try gnomon.start($0) }
                if let gate {
                    try await eventually("both are at the gate") { try await gate.waiting == 2 }
                    await gate.end()
                }
                for upload in running {
                    let outcome = try await upload.outcome()
                    #expect(outcome.status == 0, "round \(round): \(outcome.errors)")
                }
            }
            let state = try await gnomon.state()
            let count = "\(FaultSettings.rounds * Self.ids)"
            #expect(state.status["predictions"] == count)
            #expect(state.status["labelled"] == count)
            #expect(state.status["orphans"] == "0")
        }

        private static func uploads(of round: Int, in directory: String) throws -> [[String]] {
            var predictions = "prediction_id,predicted_at,model,score\n"
            var labels = "prediction_id,observed_at,label\n"
            for id in 0..<ids {
                for model in ["gbm", "net"] {
                    predictions += "race-\(round)-\(id),2024-03-01T00:00:00Z,\(model),0.25\n"
                }
                labels += "race-\(round)-\(id),2024-03-02T00:00:00Z,\(id % 2)\n"
            }
            return try [("predictions", predictions), ("labels", labels)].map { kind, text in
                let path = "\(directory)/\(kind)-\(round).csv"
                try text.write(toFile: path, atomically: true, encoding: .utf8)
                return [kind, "upload", path, "--task", Gnomon.task]
            }
        }
    }
}
