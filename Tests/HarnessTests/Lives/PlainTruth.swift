import Foundation

/// Rules T1 to T10 once more, as plain as can be: lists of what was told, filtered for each question.
///
/// It shares no code with the product: a number that both give alike was not a slip of one of them. Instants are
/// microseconds since 1970; names are compared by their bytes.
struct PlainTruth {
    /// In the order in which they were told.
    var predictions: [Prediction] = []
    /// In the order in which they were told.
    var labels: [Label] = []
    /// Each version of the settings that change, with the instant from which it is in force.
    var settings: [(from: Int64, value: Settings)]
    /// Roles by the instant at which they were recorded.
    var roles: [Role] = []
    /// How often ids were forgotten.
    private(set) var deletions = 0
    let kind: Kind
    let calendar: PlainCalendar
    /// Whether time buckets are hours, or else days.
    let hasHours: Bool
    /// Label sources from the most trusted down.
    let sources: [String]

    enum Kind {
        case binary
        case regression
    }

    struct Settings {
        var horizonSeconds: Int
        var silenceIsNegative: Bool
    }

    struct Prediction {
        var id: [UInt8]
        var model: [UInt8]
        var version: [UInt8]
        var predictedAt: Int64
        var knownAt: Int64
        /// When its upload was taken back.
        var withdrawnAt = Int64.max
        var upload: Int64
        var score: Double
        var country: [UInt8]
    }

    struct Label {
        var id: [UInt8]
        var observedAt: Int64
        var knownAt: Int64
        /// When its upload was taken back.
        var withdrawnAt = Int64.max
        var upload: Int64
        /// `nil` withdraws.
        var value: Double?
        var source: String
    }

    struct Role {
        var model: [UInt8]
        var isChampion: Bool
        var validFrom: Int64
        var recordedAt: Int64
    }

    /// From an instant on, the rows of an upload that were told by then count as if they had never come.
    mutating func withdraw(_ upload: Int64, at instant: Int64) {
        for index in predictions.indices where predictions[index].upload == upload {
            predictions[index].withdrawnAt = min(predictions[index].withdrawnAt, instant)
        }
        for index in labels.indices where labels[index].upload == upload {
            labels[index].withdrawnAt = min(labels[index].withdrawnAt, instant)
        }
    }

    /// From an instant on ids are known for nothing but sums: under a name that nobody can send, as they are now for ever.
    mutating func forget(_ ids: [[UInt8]], at instant: Int64) {
        deletions += 1
        func ghost(_ id: [UInt8]) -> [UInt8] {
            ids.contains(id) ? [Self.forgotten] + id + Array(" \(deletions)".utf8) : id
        }
        for index in predictions.indices {
            predictions[index].id = ghost(predictions[index].id)
            if predictions[index].isForgotten { predictions[index].upload = 0 }
        }
        for index in labels.indices {
            labels[index].id = ghost(labels[index].id)
            if labels[index].id.first == Self.forgotten { labels[index].upload = 0 }
        }
    }

    /// What is still held as rows.
    var held: PlainTruth {
        var held = self
        held.predictions.removeAll { $0.isForgotten }
        held.labels.removeAll { $0.id.first == Self.forgotten }
        return held
    }

    /// The first byte of a forgotten id.
    static let forgotten: UInt8 = 0

    func settings(asOf instant: Int64) -> Settings {
        (settings.last { $0.from <= instant } ?? settings[0]).value
    }

    // MARK: - What stands

    /// Of each model the prediction with the earliest time among those that were known; of the same time the one that was
    /// known first, and of those the one that was told first (rule T1).
    func standing(_ id: [UInt8], asOf instant: Int64) -> [Prediction] {
        let known = predictions.filter { $0.id == id && $0.counts(asOf: instant) }
        let models = Set(known.map(\.model))
        return models.compactMap { model in
            var first: Prediction?
            for rival in known where rival.model == model {
                guard let best = first else {
                    first = rival
                    continue
                }
                let isBetter =
                    rival.predictedAt != best.predictedAt
                    ? rival.predictedAt < best.predictedAt : rival.knownAt < best.knownAt
                if isBetter { first = rival }
            }
            return first
        }
    }

    /// The label with the newest `observedAt` among those that were known, then of the source that ranks higher, then the
    /// one that became known later, and of those the one that was told last (rule T2).
    func label(_ id: [UInt8], asOf instant: Int64) -> Label? {
        var current: Label?
        for rival in tellings(id, asOf: instant) {
            guard let best = current else {
                current = rival
                continue
            }
            let isBetter =
                if rival.observedAt != best.observedAt {
                    rival.observedAt > best.observedAt
                } else if rank(rival.source) != rank(best.source) {
                    rank(rival.source) < rank(best.source)
                } else {
                    rival.knownAt >= best.knownAt
                }
            if isBetter { current = rival }
        }
        return current
    }

    /// What was told of a label by then, the same thing once, known from the first time.
    func tellings(_ id: [UInt8], asOf instant: Int64) -> [Label] {
        var first: [Label] = []
        for label in labels where label.id == id && label.counts(asOf: instant) {
            let same = first.firstIndex {
                $0.observedAt == label.observedAt && $0.value == label.value
                    && $0.source == label.source
            }
            if let same {
                first[same].knownAt = min(first[same].knownAt, label.knownAt)
            } else {
                first.append(label)
            }
        }
        return first
    }

    func rank(_ source: String) -> Int { sources.firstIndex(of: source) ?? sources.count }

    func ids(asOf instant: Int64) -> [[UInt8]] {
        var seen: Set<[UInt8]> = []
        return predictions.filter { $0.counts(asOf: instant) && seen.insert($0.id).inserted }.map(
            \.id
        )
    }

    // MARK: - Outcomes

    enum Outcome: Hashable {
        case known(Double)
        case implied
        case pending
        case overdue
    }

    /// What is known of the outcome of a prediction that was made at an instant (rules T8 and T9).
    func outcome(_ id: [UInt8], at predictedAt: Int64, asOf instant: Int64) -> Outcome {
        if let value = label(id, asOf: instant)?.value { return .known(value) }
        let settings = settings(asOf: instant)
        guard maturity(predictedAt, settings) <= instant else { return .pending }
        return settings.silenceIsNegative && kind == .binary ? .implied : .overdue
    }

    /// When the last label of the time bucket of an instant is due.
    func maturity(_ predictedAt: Int64, _ settings: Settings) -> Int64 {
        let second = seconds(predictedAt)
        let end =
            hasHours
            ? calendar.endOfHour(second) : calendar.start(ofDay: calendar.day(of: second) + 1)
        return Int64(end + settings.horizonSeconds) * 1_000_000
    }

    func seconds(_ microseconds: Int64) -> Int {
        Int((Double(microseconds) / 1_000_000).rounded(.down))
    }
}

extension PlainTruth.Prediction {
    var isForgotten: Bool { id.first == PlainTruth.forgotten }

    func counts(asOf instant: Int64) -> Bool { knownAt <= instant && instant < withdrawnAt }
}

extension PlainTruth.Label {
    func counts(asOf instant: Int64) -> Bool { knownAt <= instant && instant < withdrawnAt }
}
