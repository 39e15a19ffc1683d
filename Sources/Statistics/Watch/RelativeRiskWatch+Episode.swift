extension RelativeRiskWatch {
    /// What the watch was like after a block.
    public struct State: Sendable, Hashable {
        /// b, against which the block was held.
        public let bound: Double
        /// φ*.
        public let tempering: Double
        /// The blocks that the bound comes from.
        public let baselineBlocks: Int
        /// ln M.
        public let logEvidence: Double
        /// The evidence that the risk is back below its bound; `nil` where no alarm stood before the block.
        public let recoveryLogEvidence: Double?
    }

    /// An alarm, from the change to the recovery.
    ///
    /// Blocks are counted from 0.
    public struct Episode: Sendable, Hashable {
        /// The block that raised it.
        public let alarm: Int
        /// The likeliest first block of the change, at most the alarm's.
        public let changePoint: Int
        /// The bound that it is held against.
        public let bound: Double
        /// φ* at the alarm.
        public let tempering: Double
        /// The block that surely ended it; `nil` where none did.
        public internal(set) var recovery: Int?
        /// The first block after it was acknowledged; `nil` where it was not.
        public internal(set) var acknowledgement: Int?

        /// Whether nothing has ended it yet.
        public var isStanding: Bool { recovery == nil && acknowledgement == nil }
    }
}
