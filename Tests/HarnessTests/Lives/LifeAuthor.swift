import Evaluation
import TestSupport

/// Invents what happens in the life of a task.
struct LifeAuthor {
    private var generator: TestGenerator
    private var now = Instant(seconds: 0)
    /// Nothing that somebody has asked about may become known later.
    private var asked = Instant(seconds: 0)
    private var scale = 1.0
    private var isRegression = false
    private var hasRetention = false
    private var predictions: [TaskLife.PredictionRow] = []
    private var labels: [TaskLife.LabelRow] = []

    // Twins: the same to the eye, and not the same bytes.
    private static let models = ["gbm", "mod\u{E8}le", "mode\u{300}le"]
    private static let versions = ["1", "\u{E9}", "e\u{301}"]
    private static let countries = ["", "DE", "\u{C5}land", "A\u{30A}land"]
    private static let ids = (0..<9).map { "id-\($0)" } + ["\u{F6}", "o\u{308}"]

    init(seed: UInt64) {
        generator = TestGenerator(seed: seed &+ 7_000_000)
    }

    mutating func begin(_ task: PredictionTask, at instant: Instant) {
        now = instant
        asked = instant.advanced(bySeconds: -40 * 86_400)
        isRegression = task.kind == .regression
        hasRetention = task.retentionSeconds != nil
        scale = [1, 1e-6, 1e6].randomElement(using: &generator) ?? 1
    }

    mutating func noteQuestion() {
        // The gate may have to go on by a moment.
        asked = max(asked, now).advanced(bySeconds: 1)
    }

    /// - Parameter isFirst: Whether nobody has asked yet: history is loaded then.
    mutating func step(isFirst: Bool) -> [TaskLife.Event] {
        if isFirst { return [.upload([batch(isBackfill: true)]), pass()] }
        switch Int.random(in: 0..<16, using: &generator) {
        case 0: return [.fold]
        case 12: return [.repair, .withdraw([aPastUpload()], beside: [])]
        case 13: return [pass(), .withdraw([aPastUpload()], beside: []), pass()]
        case 14:
            let picks = (0..<Int.random(in: 1...3, using: &generator)).map { _ in aPastUpload() }
            return [pass(), .withdraw(picks, beside: [batch(isBackfill: false)])]
        case 15:
            let ids = Self.ids.shuffled(using: &generator).prefix(
                Int.random(in: 1...2, using: &generator)
            )
            return [pass(), .forget(Array(ids)), pass()]
        case 1: return [.freeze, pass()]
        case 2: return [change()]
        case 3 where !predictions.isEmpty: return [champion()]
        case 4 where hasRetention: return [.release]
        case 5: return [pass(), .upload([batch(isBackfill: false), batch(isBackfill: false)])]
        case 6, 7: return [.upload((0..<3).map { _ in batch(isBackfill: false) }), pass()]
        default: return [pass(), .upload([batch(isBackfill: false)])]
        }
    }

    /// Mostly one of the last.
    private mutating func aPastUpload() -> Int {
        min(Int.random(in: 0..<6, using: &generator), Int.random(in: 0..<30, using: &generator))
    }

    private mutating func pass() -> TaskLife.Event {
        let seconds =
            Int.random(in: 0..<8, using: &generator) == 0
            ? -Int64.random(in: 1...7_200, using: &generator)
            : Int64.random(in: 1...60 * 3_600, using: &generator)
        now = now.advanced(bySeconds: seconds)
        return .pass(seconds: seconds)
    }

    private mutating func change() -> TaskLife.Event {
        .change(
            horizonSeconds: [2, 3, 5].randomElement(using: &generator).map { $0 * 86_400 } ?? 0,
            silenceIsNegative: !isRegression && Bool.random(using: &generator)
        )
    }

    private mutating func champion() -> TaskLife.Event {
        let known = Set(predictions.map { Array($0.model.utf8) })
        let models = Self.models.filter { known.contains(Array($0.utf8)) }
        let days = Int64.random(in: 0..<10, using: &generator)
        return .champion(
            model: models.randomElement(using: &generator) ?? "gbm",
            from: now.advanced(bySeconds: -days * 86_400)
        )
    }

    private mutating func batch(isBackfill: Bool) -> TaskLife.Batch {
        var batch = TaskLife.Batch(isBackfill: isBackfill)
        let count = Int.random(in: 1...8, using: &generator)
        if Int.random(in: 0..<5, using: &generator) < 2 {
            for _ in 0..<count { batch.labels.append(label(isBackfill: isBackfill)) }
        } else {
            for _ in 0..<count { batch.predictions.append(prediction(isBackfill: isBackfill)) }
        }
        // Where the clock has stepped back there may be no instant that is left.
        if batch.predictions.contains(where: { $0.knownAt == nil })
            || batch.labels.contains(where: { $0.knownAt == nil })
        {
            batch.isBackfill = false
            for index in batch.predictions.indices { batch.predictions[index].knownAt = nil }
            for index in batch.labels.indices { batch.labels[index].knownAt = nil }
        }
        return batch
    }

    /// Something that is no news, often; else a prediction of some time in the last weeks.
    private mutating func prediction(isBackfill: Bool) -> TaskLife.PredictionRow {
        if Int.random(in: 0..<5, using: &generator) == 0,
            var told = predictions.randomElement(using: &generator)
        {
            told.knownAt = isBackfill ? knownAt(told.predictedAt) : nil
            return told
        }
        let number = Double(Int.random(in: 0...1000, using: &generator))
        var row = TaskLife.PredictionRow(
            id: Self.ids.randomElement(using: &generator) ?? "",
            predictedAt: moment(),
            model: Self.models.randomElement(using: &generator) ?? "",
            version: Self.versions.randomElement(using: &generator) ?? "",
            score: isRegression ? (5 + number / 1000) * scale : number / 1000,
            country: Self.countries.randomElement(using: &generator) ?? ""
        )
        // Another score of the same time, often; else no two are of the same.
        if Int.random(in: 0..<4, using: &generator) == 0,
            let rival = predictions.randomElement(using: &generator)
        {
            (row.id, row.model, row.predictedAt) = (rival.id, rival.model, rival.predictedAt)
        } else {
            while predictions.contains(where: { hasSamePlace($0, row) }) {
                row.predictedAt = row.predictedAt.advanced(bySeconds: -1)
            }
        }
        row.knownAt = isBackfill ? knownAt(row.predictedAt) : nil
        predictions.append(row)
        return row
    }

    private func hasSamePlace(
        _ one: TaskLife.PredictionRow,
        _ other: TaskLife.PredictionRow
    ) -> Bool {
        one.predictedAt == other.predictedAt && one.id.utf8.elementsEqual(other.id.utf8)
            && one.model.utf8.elementsEqual(other.model.utf8)
    }

    private mutating func label(isBackfill: Bool) -> TaskLife.LabelRow {
        if Int.random(in: 0..<5, using: &generator) == 0,
            var told = labels.randomElement(using: &generator)
        {
            told.knownAt = isBackfill ? knownAt(told.observedAt) : nil
            return told
        }
        let number = Double(Int.random(in: 0...1000, using: &generator))
        let value = isRegression ? (5 + number / 1000) * scale : number < 400 ? 1 : 0
        var row = TaskLife.LabelRow(
            id: Self.ids.randomElement(using: &generator) ?? "",
            observedAt: moment(),
            value: Int.random(in: 0..<6, using: &generator) == 0 ? nil : value,
            source: ["manual", "feed", "other"].randomElement(using: &generator) ?? ""
        )
        if Int.random(in: 0..<4, using: &generator) == 0,
            let rival = labels.randomElement(using: &generator)
        {
            (row.id, row.source, row.observedAt) = (rival.id, rival.source, rival.observedAt)
        }
        row.knownAt = isBackfill ? knownAt(row.observedAt) : nil
        labels.append(row)
        return row
    }

    /// Up to three weeks ago.
    private mutating func moment() -> Instant {
        now.advanced(bySeconds: -Int64.random(in: 0...21 * 86_400, using: &generator))
    }

    /// After it happened and after the last question, by now; `nil` leaves it to the server's clock.
    private mutating func knownAt(_ happened: Instant) -> Instant? {
        let first = max(happened, asked.advanced(bySeconds: 1))
        let room = (now.microseconds - first.microseconds) / 1_000_000
        guard room > 0 else { return nil }
        return first.advanced(bySeconds: Int64.random(in: 0...room, using: &generator))
    }
}
