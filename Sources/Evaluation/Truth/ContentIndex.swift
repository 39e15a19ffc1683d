/// When each content of a long history was first known, so that a row more costs the same however many there are.
struct ContentIndex<Content: Hashable & Sendable>: Sendable {
    private var instants: [Content: Instant] = [:]
    /// Rows that have been taken in.
    private(set) var count = 0

    /// Histories shorter than this are looked through instead: nearly all are, and most have one row.
    static var scanned: Int { 16 }

    mutating func insert(_ content: Content, knownAt: Instant) {
        count += 1
        instants[content] = min(instants[content] ?? knownAt, knownAt)
    }

    func firstTold(_ content: Content) -> Instant? {
        instants[content]
    }

    mutating func removeAll() {
        guard count > 0 else { return }
        instants = [:]
        count = 0
    }
}

/// What a row says of a prediction, whenever it was learned.
struct PredictionContent: Hashable, Sendable {
    private let predictedAt: Instant
    private let modelVersion: Int32
    private let sliceSet: Int32
    private let details: [UInt8]
    private let scores: [Double]

    init(_ prediction: StoredPrediction, scores: ArraySlice<Double>) {
        predictedAt = prediction.predictedAt
        modelVersion = prediction.modelVersion
        sliceSet = prediction.sliceSet
        details = Array(prediction.details.utf8)
        self.scores = Array(scores)
    }
}

/// What a revision says of a label, whenever it was learned.
struct LabelContent: Hashable, Sendable {
    private let observedAt: Instant
    private let value: Double?
    private let source: Int32

    init(_ revision: LabelRevision) {
        observedAt = revision.observedAt
        value = revision.value
        source = revision.source
    }
}
