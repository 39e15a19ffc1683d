import Foundation
import Ingest

/// A file of rows as it is sent.
struct RowsFile: Sendable {
    var path: String
    var name: String
    var format: InputFormat?
    var isGzip: Bool
    /// Whether the file is a copy, to be removed.
    private var isTemporary: Bool

    /// - Parameters:
    ///   - source: A path, or what can be read once only, which is copied.
    ///   - format: Where it is known.
    /// - Throws: `IngestError` for a file that cannot be read.
    init(_ source: InputSource, format: InputFormat?) throws {
        name = source.name
        self.format = format
        if case .file(let path) = source, try FileKind(path: path).isRegular {
            self.path = path
            isTemporary = false
        } else {
            path = NSTemporaryDirectory() + "gnomon-\(UUID().uuidString)"
            isTemporary = true
            try Self.copy(source, to: path)
        }
        isGzip = try FileKind.isGzip(path: path)
    }

    var contentType: String {
        switch format {
        case .csv: "text/csv"
        case .ndjson: "application/x-ndjson"
        case nil: "application/octet-stream"
        }
    }

    func remove() {
        if isTemporary { try? FileManager.default.removeItem(atPath: path) }
    }

    private static func copy(_ source: InputSource, to path: String) throws {
        let original: FileHandle? =
            if case .file(let path) = source {
                FileHandle(forReadingAtPath: path)
            } else {
                FileHandle.standardInput
            }
        guard let original, FileManager.default.createFile(atPath: path, contents: nil),
            let copy = FileHandle(forWritingAtPath: path)
        else { throw CommandError.cannotWrite(reason: "\(path), a copy of \(source.name)") }
        while let block = try original.read(upToCount: 1 << 20), !block.isEmpty {
            try copy.write(contentsOf: block)
        }
        try copy.close()
    }
}
