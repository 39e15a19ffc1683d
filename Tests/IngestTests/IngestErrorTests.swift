import Evaluation
import Foundation
import Ingest
import Testing

/// Bad input of every kind gets one clear sentence.
struct IngestErrorTests {
    private let header = "prediction_id,predicted_at,model,version,score\n"
    private let row = "a,2013-05-24T14:29:00Z,m,v,0.5\n"

    private func error(_ bytes: [UInt8], name: String = "file.csv") -> IngestError? {
        do {
            _ = try readPredictions([.bytes(bytes, name: name)])
            return nil
        } catch {
            return error as? IngestError
        }
    }

    @Test func `a file that does not exist is found missing before anything is read`() {
        let path = "/nonexistent/predictions.csv"
        #expect(throws: IngestError.noSuchFile(path)) {
            _ = try PredictionReader(
                task: binaryTask,
                sources: [.bytes(Array((header + row).utf8), name: "x"), .file(path)]
            )
        }
        #expect(IngestError.noSuchFile(path).category == .notFound)
    }

    @Test func `a directory is no file`() throws {
        let path = FileManager.default.temporaryDirectory.path
        #expect(throws: IngestError.isDirectory(path)) {
            _ = try PredictionReader(task: binaryTask, sources: [.file(path)])
        }
    }

    @Test(.enabled(if: geteuid() != 0, "Everything may be read by root."))
    func `a file that must not be read is refused before anything is read`() throws {
        let path = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString).path
        try Data("x".utf8).write(to: URL(filePath: path))
        defer { try? FileManager.default.removeItem(atPath: path) }
        try FileManager.default.setAttributes([.posixPermissions: 0], ofItemAtPath: path)
        #expect(throws: IngestError.permissionDenied(path)) {
            _ = try PredictionReader(task: binaryTask, sources: [.file(path)])
        }
    }

    @Test func `a pipe is read like a file, but its size is not known`() throws {
        let path = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString).path
        try #require(mkfifo(path, 0o600) == 0)
        defer { try? FileManager.default.removeItem(atPath: path) }
        // Opened for reading and writing, so that neither side waits for the other.
        let pipe = open(path, O_RDWR)
        defer { close(pipe) }
        let text = Array((header + row).utf8)
        try #require(write(pipe, text, text.count) == text.count)
        var reader = try PredictionReader(task: binaryTask, sources: [.file(path)])
        #expect(try reader.nextBatch(maximumRows: 1)?.rows.count == 1)
        #expect(reader.progress.totalBytes == nil)
        #expect(throws: IngestError.self) { try SourceDigest.compute(of: [.file(path)]) }
    }

    @Test func `standard input can be given only once`() {
        #expect(throws: IngestError.self) {
            _ = try PredictionReader(task: binaryTask, sources: [.standardInput, .standardInput])
        }
    }

    @Test func `an empty input is an error`() {
        #expect(error([]) == .empty("file.csv"))
        #expect(error(gzip([])) == .empty("file.csv"))
        #expect(error(Array("\n \r\n\n".utf8)) == .empty("file.csv"))
        #expect(error([0xEF, 0xBB, 0xBF]) == .empty("file.csv"))
    }

    @Test func `gzip that was cut off is an error wherever it was cut`() {
        let whole = gzip(Array((header + row).utf8))
        for count in 3..<whole.count {
            #expect(error(Array(whole.prefix(count))) == .truncatedGzip("file.csv"))
        }
        #expect(error(whole) == nil)
        #expect(error(whole + whole.prefix(9)) == .truncatedGzip("file.csv"))
    }

    @Test func `gzip that was damaged is an error`() {
        let whole = gzip(Array((header + row).utf8))
        var wrongSum = whole
        wrongSum[whole.count - 6] ^= 1
        #expect(
            error(wrongSum) == .corruptGzip("file.csv", reason: "incorrect data check")
        )
        #expect(
            error(whole + Array("tail".utf8))
                == .corruptGzip("file.csv", reason: "other data follow the compressed data")
        )
        #expect(error(whole + [0, 0, 0]) == nil)
    }

    @Test func `gzip of several members is read to its end`() throws {
        let members =
            gzip(Array(header.utf8)) + gzip(Array("a,2013-05-24T14:29".utf8))
            + gzip(Array(":00Z,m,v,0.5\n".utf8))
        #expect(try readPredictions([.bytes(members, name: "file.csv")]).rows.map(\.id) == ["a"])
    }

    @Test func `another encoding than UTF-8 is named`() throws {
        let text = header + row
        for (encoding, name) in [
            (String.Encoding.utf16LittleEndian, "UTF-16, little endian"),
            (.utf16BigEndian, "UTF-16, big endian"),
        ] {
            let bytes = Array(try #require(text.data(using: encoding)))
            let marked = Array(try #require(("\u{FEFF}" + text).data(using: encoding)))
            #expect(error(bytes) == .wrongEncoding("file.csv", line: 1, found: name))
            #expect(error(marked) == .wrongEncoding("file.csv", line: 1, found: name))
        }
        let latin = Array("Zürich,".utf8).filter { $0 != 0xC3 } + Array(text.utf8)
        #expect(
            error(latin)
                == .wrongEncoding(
                    "file.csv",
                    line: 1,
                    found: "perhaps Windows-1252 or ISO 8859-1 (byte 0xBC)"
                )
        )
    }

    @Test func `one row in another encoding is a reject, and many are an error`() throws {
        let good = Array(row.utf8)
        let bad: [UInt8] = [0xE9] + good
        let few = Array(header.utf8) + Array(repeating: good, count: 9).joined() + bad
        let readings = try readPredictions([.bytes(few, name: "x")])
        #expect(readings.rows.count == 9)
        #expect(readings.rejects.map(\.line) == [11])
        #expect(readings.rejects[0].reason.contains("0xE9"))
        let endless = Array(header.utf8) + Array(repeating: bad, count: 5000).joined()
        var reader = try PredictionReader(
            task: binaryTask,
            sources: [.bytes(Array(endless), name: "x")]
        )
        #expect(throws: IngestError.self) {
            while try reader.nextBatch(maximumRows: 10_000) != nil {}
        }
        #expect(reader.progress.rowsRead == 1000)
        let many = Array(header.utf8) + Array(repeating: good, count: 8).joined() + bad
        #expect(
            error(many)
                == .wrongEncoding(
                    "file.csv",
                    line: 10,
                    found: "perhaps Windows-1252 or ISO 8859-1 (byte 0xE9), in 1 of 9 rows"
                )
        )
    }

    @Test(
        arguments: [
            (Array("PAR1\u{15}".utf8), "a Parquet file"),
            ([0x50, 0x4B, 3, 4, 20, 0], "a zip archive or an Excel workbook"),
            ([0x28, 0xB5, 0x2F, 0xFD, 4], "compressed with zstd"),
            (Array("[{\"prediction_id\":1}]".utf8), "a JSON array"),
            ([7, 0, 1, 2, 200, 13], "binary data"),
        ] as [([UInt8], String)]
    )
    func `a format that is no text is named`(bytes: [UInt8], found: String) {
        guard case .wrongFormat("file.csv", found, _) = error(bytes) else {
            Issue.record("It was \(String(describing: error(bytes))).")
            return
        }
    }

    @Test func `noise is an error and never a row`() throws {
        var random = SeededGenerator(state: 4)
        for _ in 0..<500 {
            let bytes = (0..<2000).map { _ in UInt8.random(in: 0...255, using: &random) }
            #expect(error(bytes) != nil)
        }
    }

    @Test func `a row of a megabyte is rejected without being kept`() throws {
        let long = String(repeating: "x", count: (1 << 20) + 1)
        for line in [long, "\"\(long)\"", "{\"prediction_id\":\"\(long)\"}"] {
            let readings = try readPredictions(header + row + line + "\r\n" + row)
            #expect(readings.rows.count == 2)
            #expect(readings.rows.map(\.line) == [2, 4])
            #expect(
                readings.rejects.map(\.reason) == ["The row is longer than 1048576 bytes."]
            )
            #expect(readings.rejects[0].row.utf8.count == 65_536)
        }
        let object =
            #"{"prediction_id":"a","predicted_at":"2013-05-24T14:29:00Z","model":"m","score":1}"#
        let readings = try readPredictions(object + "\n{\"x\":\"\(long)\"}\n" + object)
        #expect(readings.rows.map(\.line) == [1, 3])
        #expect(readings.rejects.map(\.line) == [2])
    }

    @Test func `a row of just a megabyte is read`() throws {
        let start = "a,2013-05-24T14:29:00Z,m,0.5,"
        let feature = String(repeating: "x", count: (1 << 20) - start.utf8.count)
        let readings = try readPredictions(
            "prediction_id,predicted_at,model,score,other\n\(start)\(feature)\r\n",
            options: IngestOptions(ignored: ["other"])
        )
        #expect(readings.rows.count == 1)
    }

    @Test func `a header of a megabyte is an error`() {
        let long = [UInt8](repeating: 0x78, count: 2 << 20)
        guard case .invalidColumns("file.csv", 1, _) = error(long) else {
            Issue.record("It was \(String(describing: error(long))).")
            return
        }
    }

    @Test func `a quote that is never closed costs one line, not the file`() throws {
        let readings = try readPredictions(
            header + row + "b,\"2013\n" + String(repeating: row, count: 50_000)
        )
        #expect(readings.rows.count == 50_001)
        #expect(readings.rejects.map(\.line) == [3])
    }

    @Test func `too many models and slices are an error, not a lack of memory`() throws {
        var options = IngestOptions()
        options.limits.models = 10
        options.limits.sliceSets = 10
        let rows = (0..<11).map { "a,2013-05-24T14:29:00Z,m\($0),v,0.5\n" }.joined()
        #expect(throws: IngestError.self) { try readPredictions(header + rows, options: options) }
        let slices = (0..<11).map { "a,2013-05-24T14:29:00Z,m,0.5,s\($0)\n" }.joined()
        #expect(throws: IngestError.self) {
            try readPredictions(
                "prediction_id,predicted_at,model,score,user\n" + slices,
                task: PredictionTask(name: "t", kind: .binary, sliceKeys: ["user"]),
                options: options
            )
        }
    }

    @Test func `after an error the reader is finished`() throws {
        let bytes = Array(gzip(Array((header + row).utf8)).dropLast())
        var reader = try PredictionReader(task: binaryTask, sources: [.bytes(bytes, name: "x")])
        #expect(throws: IngestError.self) { try reader.nextBatch(maximumRows: 10) }
        #expect(try reader.nextBatch(maximumRows: 10) == nil)
    }

    @Test(arguments: [
        IngestError.noSuchFile("f"), .isDirectory("f"), .permissionDenied("f"),
        .unreadable("f", reason: "input/output error"), .empty("f"), .truncatedGzip("f"),
        .corruptGzip("f", reason: "r"), .wrongEncoding("f", line: 1, found: "UTF-16"),
        .wrongFormat("f", found: "a Parquet file", advice: "convert it"),
        .needsBackfill("f", line: 1, column: "c"),
    ])
    func `every error is one line that names the file and ends with a stop`(error: IngestError) {
        #expect(error.description.hasPrefix("f"))
        #expect(error.description.hasSuffix("."))
        #expect(!error.description.contains("\n"))
    }
}
