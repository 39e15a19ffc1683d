import Evaluation
import Ingest
import TestSupport

/// A seeded life of a small task: what was told of it when, what was changed, and when somebody asked.
struct TaskLife {
    let seed: UInt64
    let task: PredictionTask
    let start: Instant
    private(set) var events: [Event] = []

    enum Event {
        /// Uploads by several people at once.
        case upload([Batch])
        case change(horizonSeconds: Int64, silenceIsNegative: Bool)
        case champion(model: String, from: Instant)
        /// Uploads are taken back, counted from the newest on, while others come.
        case withdraw([Int], beside: [Batch])
        /// Requests are deleted for good, by their ids.
        case forget([String])
        case fold
        case repair
        case freeze
        /// Lets go of rows past the retention.
        case release
        /// The server's clock goes on, or steps back.
        case pass(seconds: Int64)
        case ask
    }

    struct Batch: Sendable {
        var predictions: [PredictionRow] = []
        var labels: [LabelRow] = []
        /// Whether rows say when they became known.
        var isBackfill = false
    }

    struct PredictionRow: Sendable, Equatable {
        var id: String
        var predictedAt: Instant
        var model: String
        var version: String
        var score: Double
        var country: String
        var knownAt: Instant?
    }

    struct LabelRow: Sendable, Equatable {
        var id: String
        var observedAt: Instant
        var value: Double?
        var source: String
        var knownAt: Instant?
    }

    /// Time zones with the instant shortly before something odd happens in them.
    private static let places = [
        ("UTC", 1_711_200_000), ("Europe/Berlin", 1_711_300_000), ("Asia/Kathmandu", 1_711_300_000),
        ("America/St_Johns", 1_289_000_000), ("Australia/Lord_Howe", 1_743_700_000),
        ("Pacific/Apia", 1_325_000_000), ("America/Sao_Paulo", 1_539_000_000),
    ]

    /// - Parameter steps: How many things happen between two questions, ten in all.
    init(seed: UInt64, steps: Int = 3) {
        self.seed = seed
        var author = LifeAuthor(seed: seed)
        let (zone, second) = Self.places[Int(seed) % Self.places.count]
        start = Instant(seconds: Int64(second))
        let isRegression = seed % 4 == 3
        task = PredictionTask(
            name: Name("life-\(seed)"),
            kind: isRegression ? .regression : .binary,
            classes: isRegression ? [] : ["0", "1"],
            horizonSeconds: 3 * 86_400,
            timeZone: NamedZone(zone),
            bucketSize: seed % 3 == 0 ? .hour : .day,
            sliceKeys: ["country"],
            labelSources: ["manual", "feed"],
            partitionDays: .week,
            retentionSeconds: seed % 5 == 4 ? 12 * 86_400 : nil
        )
        author.begin(task, at: start)
        for question in 0..<10 {
            for _ in 0..<steps { events += author.step(isFirst: question == 0) }
            events.append(.ask)
            author.noteQuestion()
        }
    }
}
