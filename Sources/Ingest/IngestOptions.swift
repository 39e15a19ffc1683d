package import Evaluation

/// How the bytes of an upload are to be read.
package struct IngestOptions: Sendable {
    package var mapping = ColumnMapping()
    /// Whether rows carry the instant at which they became known (rule T7).
    package var isBackfill = false
    /// The time zone of times without an offset; without one they are refused.
    package var assumedTimeZone: AssumedTimeZone?
    /// The format; detected from content and file name where nil.
    package var format: InputFormat?
    /// Whether rows are judged one by one, as those of several callers must be.
    ///
    /// What all of them lack, have too much or write wrongly is a reject of each, and not an error of the input
    /// as a whole. Nor does it matter which row is the first: no byte order mark, compression or other format is
    /// looked for before it.
    package var judgesRowsAlone = false
    /// Whether the reader computes the digest of what it reads.
    package var computesDigest = true
    /// The present, where it is known: a row cannot have become known later, nor be about a time more than a
    /// day later.
    package var present: Instant?
    /// Where rows of predictions begin that are kept, if older ones are gone: those cannot come again.
    package var rowsFrom: Instant?
    package var limits = IngestLimits()

    package init() {}
}

/// The bounds within which input is read; the defaults suit every use but tests.
package struct IngestLimits: Sendable, Equatable {
    /// Bytes asked of the operating system at a time.
    package var blockBytes = 256 << 10
    /// The longest row in bytes; longer ones are rejected.
    package var rowBytes = 1 << 20
    /// How much of a rejected row is kept, in bytes.
    package var rejectRowBytes = 64 << 10
    /// Rejects after which a batch ends early.
    package var rejectsPerBatch = 1000
    /// Bytes of text (ids, details, rejected rows) after which a batch ends early.
    package var textBytesPerBatch = 8 << 20
    /// Scores after which a batch ends early, for tasks of many classes.
    package var scoresPerBatch = 4 << 20
    /// The longest prediction id, in bytes.
    package var idBytes = 200
    /// The longest model name, version, slice value, entity and other text, in bytes.
    package var textBytes = 200
    /// The longest text of a feature, in bytes.
    package var featureTextBytes = 1000
    /// Columns of a file, and members of a JSON object.
    package var columns = 2000
    /// Different models with their versions, and different sources, in one upload.
    package var models = 10_000
    /// Different combinations of slice values in one upload.
    package var sliceSets = 200_000
    /// The years an instant may lie in: a stray one would make table partitions of its own.
    package var years = 1900...2199
    /// The share of a file's rows that may be invalid UTF-8 before the file counts as wrongly encoded.
    package var invalidEncodingShare = 0.1

    package init() {}
}
