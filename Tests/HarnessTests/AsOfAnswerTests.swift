import Evaluation
import Foundation
import Harness
import Ingest
import Postgres
import Store
import TestSupport
import Testing

/// Every answer of today is the answer as of its instant, asked at once and after everything that comes later.
@Suite(.temporaryDatabase, .hangLimit)
struct AsOfAnswerTests {
    /// `GNOMON_AS_OF_HISTORIES` raises the number of histories.
    static let histories =
        ProcessInfo.processInfo.environment["GNOMON_AS_OF_HISTORIES"].flatMap(UInt64.init) ?? 1

    @Test(arguments: 0..<histories)
    func `T7: every answer stays, whatever is uploaded, corrected, set, named and folded later`(
        seed: UInt64
    ) async throws {
        var generator = TestGenerator(seed: 900 + seed)
        var laboratory = try await Laboratory(
            PredictionTask(
                name: "t",
                kind: .binary,
                timeZone: NamedZone("Europe/Berlin"),
                sliceKeys: RandomHistory.columns,
                labelSources: ["manual", "feed"]
            )
        )
        // About half of the predictions are past the horizon, also after the settings have been changed.
        let age = try await laboratory.serverNow().secondsRoundedDown - 1_710_000_000
        try await Event.settings(horizon: age, .pending).happen(to: &laboratory, &generator)
        var events = Event.all(
            of: RandomHistory(ids: 14, hasTies: false, using: &generator),
            age,
            &generator
        )
        var given: [GivenAnswer] = []
        while !events.isEmpty {
            let event = events.removeFirst()
            try await event.happen(to: &laboratory, &generator)
            for question in AskedQuestion.all {
                let answer = try await laboratory.ask(question)
                given.append(answer)
                guard Int.random(in: 0..<4, using: &generator) == 0 else { continue }
                let change = try await laboratory.change(of: answer)
                #expect(change == nil, "\(seed), at once after \(event)")
            }
        }
        #expect(given.contains { $0.text.contains("\"mature\": true") })
        #expect(given.contains { $0.text.contains("\"verdict\"") })
        for answer in given {
            let change = try await laboratory.change(of: answer)
            #expect(change == nil, "\(seed)")
        }
        #expect(try await laboratory.verify().isClean)
    }

    /// What may come between two questions.
    private enum Event: CustomStringConvertible {
        case upload(RandomHistory.Batch)
        case settings(horizon: Int64, LabelPolicy)
        case role(Name, ModelRole)
        case newBaseline
        case folding

        static func all(
            of history: RandomHistory,
            _ age: Int64,
            _ generator: inout TestGenerator
        ) -> [Event] {
            var events = history.batches(using: &generator).map(Event.upload)
            for event: Event in [
                .settings(horizon: age + 40 * 86_400, .negative), .role("gbm", .champion),
                .role("net", .champion), .newBaseline, .folding, .folding,
            ] {
                let place = Int.random(in: 1...events.count, using: &generator)
                events.insert(event, at: place)
            }
            return events
        }

        var description: String {
            switch self {
            case .upload(let batch): "an upload of \(batch.rows.count) rows"
            case .settings(let horizon, let policy): "settings \(horizon) \(policy)"
            case .role(let model, let role): "\(model) becomes \(role)"
            case .newBaseline: "a new baseline"
            case .folding: "folding"
            }
        }

        func happen(
            to laboratory: inout Laboratory,
            _ generator: inout TestGenerator
        ) async throws {
            let (pool, task) = (laboratory.pool, laboratory.task)
            switch self {
            case .upload(let batch):
                // Known from now on, and not from when the history says.
                let rows = batch.rows.map { $0.replacing(/"known_at":"[^"]*",/, with: "") }
                let now = RandomHistory.Batch(rows: rows, isLabels: batch.isLabels)
                _ =
                    batch.isLabels
                    ? try await laboratory.labels(now.source)
                    : try await laboratory.predictions(now.source)
            case .settings(let horizon, let policy):
                laboratory.task = try await ChangeTask(pool: pool, name: task.name).run {
                    $0.horizonSeconds = horizon
                    $0.labelPolicy = policy
                }
            case .role(let model, let role):
                // Not yet where nothing of the model has come.
                let from = Instant(seconds: Int64.random(in: 0..<1_720_000_000, using: &generator))
                try? await SetRole(pool: pool, task: task).run(
                    model: model,
                    role: role,
                    from: Bool.random(using: &generator) ? from : nil
                )
            case .newBaseline:
                _ = try? await AcknowledgeAlarm(
                    pool: pool,
                    task: task,
                    model: "gbm",
                    renewsBaseline: true,
                    note: ""
                ).run()
            case .folding: try await FoldCells(pool: pool, task: task).run()
            }
        }
    }
}
