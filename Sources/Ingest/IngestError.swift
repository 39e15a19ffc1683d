package import Evaluation

/// Why an input as a whole cannot be read, or not to its end.
///
/// What a single row does wrong is a `Reject` and no error. After an error nothing of the upload
/// should be kept; the error may come as late as the end of the last file.
package enum IngestError: WordedError, Equatable {
    case noSuchFile(String)
    case isDirectory(String)
    case permissionDenied(String)
    case unreadable(String, reason: String)
    case empty(String)
    case truncatedGzip(String)
    case corruptGzip(String, reason: String)
    case wrongEncoding(String, line: Int64, found: String)
    /// A format that is not text, such as Parquet.
    case wrongFormat(String, found: String, advice: String)
    /// The header cannot be used: `problem` is one or more full sentences.
    case invalidColumns(String, line: Int64, problem: Wording)
    case needsBackfill(String, line: Int64, column: String)
    /// A bound that no proper upload meets.
    case tooMany(String, line: Int64, problem: Wording)
    /// Options that contradict the task or themselves: full sentences.
    case invalidOption(Wording)

    /// How a command or a server answers.
    package enum Category: Sendable {
        case notFound
        case wrongUsage
        case wrongData
    }

    package var category: Category {
        switch self {
        case .noSuchFile: .notFound
        case .invalidOption: .wrongUsage
        default: .wrongData
        }
    }
}

extension IngestError {
    /// What is wrong, without where, as the reject of a row says it.
    var problem: String {
        switch self {
        case .invalidColumns(_, _, let problem), .tooMany(_, _, let problem):
            problem.text(for: .request)
        case .needsBackfill(_, _, let column):
            "The member \(column) needs a backfill; leave it out, or send the rows with backfill."
        default: description
        }
    }

    /// The column that it is about; empty where it is about no single one.
    var column: String {
        if case .needsBackfill(_, _, let column) = self { column } else { "" }
    }
}

extension IngestError {
    package var wording: Wording {
        switch self {
        case .noSuchFile(let file):
            "\(file): there is no such file; check the path, or give - for standard input."
        case .isDirectory(let file):
            "\(file) is a directory; give the files in it, such as \(file)/*.csv.gz."
        case .permissionDenied(let file):
            "\(file): permission to read it is denied; check its owner and mode."
        case .unreadable(let file, let reason):
            "\(file) cannot be read: \(reason)."
        case .empty(let file):
            "\(file) is empty; it must hold a CSV header or one JSON object a line."
        case .truncatedGzip(let file):
            "\(file): the gzip data end too early; the file was cut off, so copy it again."
        case .corruptGzip(let file, let reason):
            "\(file): the gzip data are corrupt (\(reason)); copy or compress the file again."
        case .wrongEncoding(let file, let line, let found):
            """
            \(file), line \(line): the text is not UTF-8 but \(found); convert it, for example with \
            iconv -f … -t UTF-8.
            """
        case .wrongFormat(let file, let found, let advice):
            "\(file) is \(found), but must be CSV or NDJSON, plain or gzip; \(advice)."
        case .invalidColumns(let file, let line, let problem):
            "\(file), line \(line): \(problem)"
        case .needsBackfill(let file, let line, let column):
            """
            \(file), line \(line): the column \(column) gives known_at, which needs \(setting: "backfill"); pass \
            \(setting: "backfill"), or leave the column out with \(setting: "ignore", given: column).
            """
        case .tooMany(let file, let line, let problem):
            "\(file), line \(line): \(problem)"
        case .invalidOption(let problem):
            problem
        }
    }
}
