import Evaluation
import Harness
import Ingest
import Postgres
import Store
import TestSupport
import Testing

/// Lets a life happen to a task in the database, and to the plain truth beside it.
struct LifePlayer {
    private var laboratory: Laboratory
    private let life: TaskLife
    private var truth: PlainTruth
    private let clock: TestClock
    /// What the clock shows.
    private var now: Instant
    private var asked: [Asked] = []
    private var curiosity: TestGenerator
    private let questions: Int
    private var lastKnown = Int64.min
    /// How often rows were let go.
    private var releases = 0
    /// The numbers of the uploads, in order.
    private var uploads: [Int64] = []
    private var recorder: LifeRecorder?

    private struct Asked {
        var instant: Instant
        var answers: LifeAnswers
        var releases: Int
        var deletions: Int
    }

    /// - Parameter questions: How many, chosen at random, are asked as of each instant.
    init(_ life: TaskLife, questions: Int) async throws {
        self.life = life
        self.questions = questions
        recorder = LifeRecorder(life: life.seed)
        curiosity = TestGenerator(seed: life.seed)
        clock = TestClock(microsecondsSince1970: life.start.microseconds)
        now = life.start
        var configuration = TemporaryDatabase.configuration
        configuration.clock = clock
        laboratory = try await Laboratory(life.task, on: configuration)
        truth = PlainTruth(
            settings: [
                (
                    from: .min,
                    value: PlainTruth.Settings(
                        horizonSeconds: Int(life.task.horizonSeconds),
                        silenceIsNegative: false
                    )
                )
            ],
            kind: life.task.kind == .regression ? .regression : .binary,
            calendar: try PlainCalendar(life.task.timeZone.name),
            hasHours: life.task.bucketSize == .hour,
            sources: life.task.labelSources.map(\.text)
        )
    }

    /// - Returns: What is wrong, and how many numbers were compared.
    mutating func play() async throws -> (failures: [String], numbers: Int) {
        var failures: [String] = []
        var numbers = 0
        for event in life.events {
            if case .ask = event {
                let found = try await ask()
                failures += found.failures
                numbers += found.numbers
            } else {
                try await happen(event)
            }
        }
        for asked in asked {
            let later = await answers(to: asked.answers.answers.keys, asOf: asked.instant)
            recorder?.note("\(asked.instant.iso8601), asked again", later)
            let hasForgotten = asked.deletions < truth.deletions
            failures += asked.answers.differences(from: later, hasForgotten: hasForgotten).map {
                "as of \(asked.instant.iso8601), asked again: \($0)"
            }
            if asked.releases == releases, !hasForgotten, later != asked.answers {
                failures.append("refused later")
            }
        }
        failures += try await laboratory.verify().differences.map { "verify: \($0)" }
        failures += try await laboratory.strays()
        if recorder != nil {
            recorder?.note(cells: try await laboratory.cellBytes())
            try recorder?.write()
        }
        return (failures, numbers)
    }

    // MARK: - Asking

    private mutating func ask() async throws -> (failures: [String], numbers: Int) {
        let instant = try await LabelStatus(pool: laboratory.pool, task: laboratory.task).run().asOf
        let chosen = LifeQuestion.allCases.shuffled(using: &curiosity).prefix(questions)
        let answers = await self.answers(to: chosen, asOf: instant)
        recorder?.note(instant.iso8601, answers)
        asked.append(
            Asked(
                instant: instant,
                answers: answers,
                releases: releases,
                deletions: truth.deletions
            )
        )
        guard releases == 0 else { return ([], 0) }
        var check = LifeCheck(
            truth,
            asOf: instant.microseconds,
            scale: truth.kind == .binary ? 1 : truth.predictions.map { abs($0.score) }.max() ?? 1
        )
        check.check(answers)
        return (check.failures.map { "as of \(instant.iso8601): \($0)" }, check.count)
    }

    private func answers(
        to questions: some Collection<LifeQuestion>,
        asOf instant: Instant
    ) async -> LifeAnswers {
        await LifeAnswers(questions, to: laboratory, asOf: instant, model: "mode\u{300}le")
    }

    // MARK: - Happening

    private mutating func happen(_ event: TaskLife.Event) async throws {
        let (pool, task) = (laboratory.pool, laboratory.task)
        switch event {
        case .ask: break
        case .pass(let seconds):
            clock.step(seconds: seconds)
            now = now.advanced(bySeconds: seconds)
        case .upload(let batches): try await upload(batches)
        case .withdraw(let picks, let batches): try await upload(batches, withdrawing: picks)
        case .repair: try await RepairCells(pool: pool, task: task).run()
        case .forget(let ids):
            _ = try await ForgetRequests(pool: pool, task: task).run(
                .init(predictionIDs: ids),
                confirmedBy: task.name
            )
            truth.forget(ids.map { Array($0.utf8) }, at: becomesKnown())
        case .fold: try await FoldCells(pool: pool, task: task).run()
        case .freeze: _ = try await MatureCohorts(pool: pool, task: task).run()
        case .release:
            try await ReleaseRows(pool: pool, task: task).run(now: now)
            releases += 1
        case .change(let horizonSeconds, let silenceIsNegative):
            laboratory.task = try await ChangeTask(pool: pool, name: task.name).run { task in
                task.horizonSeconds = horizonSeconds
                task.labelPolicy = silenceIsNegative ? .negative : .pending
            }
            truth.settings.append(
                (
                    from: becomesKnown(),
                    value: PlainTruth.Settings(
                        horizonSeconds: Int(horizonSeconds),
                        silenceIsNegative: silenceIsNegative
                    )
                )
            )
        case .champion(let model, let from):
            do {
                try await SetRole(pool: pool, task: task).run(
                    model: Name(model),
                    role: .champion,
                    from: from
                )
            } catch HarnessError.noSuchModel {
                // All that was told of it has been taken back.
            }
        }
    }

    /// An instant at which what happens now becomes known: after the last question, and not before what happened
    /// before, also where the clock has stepped back.
    private mutating func becomesKnown() -> Int64 {
        let next = (asked.last?.instant.microseconds ?? .min + 1) + 1
        lastKnown = max(lastKnown, now.microseconds, next)
        return lastKnown
    }

    private mutating func upload(
        _ batches: [TaskLife.Batch],
        withdrawing picks: [Int] = []
    ) async throws {
        let (laboratory, life) = (laboratory, life)
        let withdrawn = uploads.isEmpty ? [] : picks.map { uploads.reversed()[$0 % uploads.count] }
        // What is older than the rows that are kept is refused.
        let hadReleased = releases > 0
        let inOrder = recorder != nil
        let told = try await withThrowingTaskGroup { group in
            var told: [(upload: Int64, batch: TaskLife.Batch)] = []
            for batch in batches {
                group.addTask {
                    let report = try await Self.upload(batch, life, laboratory)
                    #expect(hadReleased || report.counts.rejected == 0, "\(report.rejects)")
                    return (upload: report.uploadID ?? 0, batch: batch)
                }
                if inOrder, let one = try await group.next() { told.append(one) }
            }
            for upload in withdrawn {
                group.addTask {
                    let withdrawal = WithdrawUploads(pool: laboratory.pool, task: laboratory.task)
                    _ = try await withdrawal.run(uploadID: upload, note: "a mistake")
                    return (upload: upload, batch: TaskLife.Batch())
                }
                if inOrder, let one = try await group.next() { told.append(one) }
            }
            return try await group.reduce(into: told) { $0.append($1) }
        }
        let known = becomesKnown()
        // The numbers of uploads are the order of their commits; what is sent again has the number that it had, and says
        // nothing.
        for (upload, batch) in told.sorted(by: { $0.upload < $1.upload })
        where !uploads.contains(upload) {
            for row in batch.predictions {
                truth.predictions.append(row.told(by: known, upload))
            }
            for row in batch.labels { truth.labels.append(row.told(by: known, upload)) }
        }
        for upload in withdrawn { truth.withdraw(upload, at: known) }
        uploads = Set(uploads + told.map(\.upload)).sorted()
    }

    private static func upload(
        _ batch: TaskLife.Batch,
        _ life: TaskLife,
        _ laboratory: Laboratory
    ) async throws -> UploadReport {
        let scoreColumn = life.task.kind == .regression ? "value" : "score"
        let text = InputSource.text(batch.lines(scoreColumn), name: "life.ndjson")
        return batch.labels.isEmpty
            ? try await laboratory.predictions(text, backfill: batch.isBackfill)
            : try await laboratory.labels(text, backfill: batch.isBackfill)
    }
}

extension TaskLife.Batch {
    /// The rows as lines; `scoreColumn` is what the task calls a score.
    fileprivate func lines(_ scoreColumn: String) -> String {
        (predictions.map { $0.line(scoreColumn) } + labels.map(\.line)).map { $0 + "\n" }.joined()
    }
}

extension TaskLife.PredictionRow {
    fileprivate func line(_ scoreColumn: String) -> String {
        let known = knownAt.map { #","known_at":"\#($0.iso8601)""# } ?? ""
        return
            #"{"prediction_id":"\#(id)","predicted_at":"\#(predictedAt.iso8601)","model":"\#(model)","#
            + #""version":"\#(version)","\#(scoreColumn)":\#(score),"country":"\#(country)"\#(known)}"#
    }

    fileprivate func told(by instant: Int64, _ upload: Int64) -> PlainTruth.Prediction {
        PlainTruth.Prediction(
            id: Array(id.utf8),
            model: Array(model.utf8),
            version: Array(version.utf8),
            predictedAt: predictedAt.microseconds,
            knownAt: knownAt?.microseconds ?? instant,
            upload: upload,
            score: score,
            country: Array(country.utf8)
        )
    }
}

extension TaskLife.LabelRow {
    fileprivate var line: String {
        let known = knownAt.map { #","known_at":"\#($0.iso8601)""# } ?? ""
        let label = value.map { $0 == 0 || $0 == 1 ? "\"\(Int($0))\"" : "\($0)" } ?? "null"
        return
            #"{"prediction_id":"\#(id)","observed_at":"\#(observedAt.iso8601)","label":\#(label),"#
            + #""source":"\#(source)"\#(known)}"#
    }

    fileprivate func told(by instant: Int64, _ upload: Int64) -> PlainTruth.Label {
        PlainTruth.Label(
            id: Array(id.utf8),
            observedAt: observedAt.microseconds,
            knownAt: knownAt?.microseconds ?? instant,
            upload: upload,
            value: value,
            source: source
        )
    }
}
