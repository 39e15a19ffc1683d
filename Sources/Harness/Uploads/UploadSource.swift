package import Evaluation
package import Ingest

/// What an upload reads, and how.
package struct UploadRequest: Sendable {
    package var sources: [InputSource]
    package var options: IngestOptions
    /// All or nothing: one reject and nothing is kept.
    package var isStrict: Bool
    /// Parse and report, and keep nothing.
    package var isDryRun: Bool
    /// The most rows that are parsed and merged at once; a few thousand keep memory flat, many are faster.
    package var rowsAtOnce = Int.max
    /// Whether cells that consist of many deltas are folded afterwards; who takes in many uploads folds beside
    /// them.
    package var foldsCells = true
    /// The names of the tokens that it comes by; none on the command line.
    package var tokenNames: Set<Name> = []
    /// Whether several callers share the upload: it is no resend of any, and each gets to know of its own rows.
    var isShared = false

    package init(
        sources: [InputSource],
        options: IngestOptions = IngestOptions(),
        isStrict: Bool = false,
        isDryRun: Bool = false
    ) {
        self.sources = sources
        self.options = options
        self.isStrict = isStrict
        self.isDryRun = isDryRun
    }

    /// Whether the input can be read a second time, as standard input cannot.
    var isReplayable: Bool {
        sources.allSatisfy { source in
            if case .standardInput = source { false } else { true }
        }
    }

    /// What, beside the bytes, decides what an upload means.
    func fingerprint(settingsVersion: Int32) -> [UInt8] {
        let mapping = options.mapping
        var parts = mapping.columns.map { Name("\($0.key)=\($0.value)") }.sorted()
        parts += mapping.constants.map { Name("\($0.key):=\($0.value)") }.sorted()
        parts += mapping.ignored.sorted()
        parts.append(Name("backfill=\(options.isBackfill) settings=\(settingsVersion)"))
        parts.append(Name("zone=\(options.assumedTimeZone?.identifier ?? "")"))
        if let hour = options.assumedTimeZone?.repeatedHour {
            parts.append(Name("repeated=\(hour.rawValue)"))
        }
        return Array(parts.joined(separator: "\u{1F}").utf8)
    }
}
