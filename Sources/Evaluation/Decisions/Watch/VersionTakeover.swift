/// Watches which version of a model answers while an alarm stands.
///
/// A version takes over when it gave at least half of the labelled predictions in seven blocks running, and is none of those
/// that answered when the alarm was raised. A canary that gives fewer changes nothing.
struct VersionTakeover: Sendable {
    static let leastShare = 0.5
    static let leastBlocks = 7

    /// The versions that answered at the alarm, or that have taken over since.
    private var known: Set<Int32>
    private var blocks = EvidenceBlocks()
    private var run: (version: Int32, from: Instant, length: Int)?

    /// - Parameter alarm: The block that raised the alarm.
    init(alarm: EvidenceDay) {
        known = alarm.versions
    }

    /// Takes in the next day of the model, with all of its versions.
    ///
    /// - Returns: The version that took over with it, and since when it has given most.
    mutating func add(_ day: EvidenceDay) -> (version: Int32, from: Instant)? {
        guard let block = blocks.add(day) else { return nil }
        guard let version = leader(of: block), !known.contains(version) else {
            run = nil
            return nil
        }
        let before = run.flatMap { $0.version == version ? $0 : nil }
        let now = (version, before?.from ?? block.start, (before?.length ?? 0) + 1)
        run = now
        guard now.2 >= Self.leastBlocks else { return nil }
        known.insert(version)
        run = nil
        return (now.0, now.1)
    }

    private func leader(of block: EvidenceDay) -> Int32? {
        let least = Self.leastShare * Double(block.cell.labelled)
        return block.cells.filter { Double($0.value.labelled) >= least }
            .max { ($0.value.labelled, $0.key) < ($1.value.labelled, $1.key) }?.key
    }
}
