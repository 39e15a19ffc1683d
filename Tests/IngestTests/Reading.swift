import Evaluation
import Foundation
import Ingest

/// A prediction with everything that its batch's dictionaries say about it.
struct ReadPrediction: Equatable {
    var id: String
    var key: PredictionKey
    var predictedAt: String
    var knownAt: String
    var model: Name
    var version: Name
    var scores: [Double]
    var slices: [Name]
    var details: String
    var line: Int64
}

/// A label with everything that its batch's dictionaries say about it.
struct ReadLabel: Equatable {
    var id: String
    var key: PredictionKey
    var observedAt: String
    var knownAt: String
    var predictedAt: String
    var value: Double
    var isWithdrawn: Bool
    var source: Name
    var line: Int64
}

struct Readings<Row> {
    var rows: [Row] = []
    var rejects: [Reject] = []
    var rowsRead = 0
    var batchCount = 0
    var digest: [UInt8] = []
    var progress = IngestProgress()
}

extension IngestOptions {
    init(
        columns: [Name: Name] = [:],
        constants: [Name: String] = [:],
        ignored: Set<Name> = [],
        isBackfill: Bool = false,
        format: InputFormat? = nil,
        zone: String? = nil
    ) throws {
        self.init()
        mapping = ColumnMapping(columns: columns, constants: constants, ignored: ignored)
        self.isBackfill = isBackfill
        self.format = format
        assumedTimeZone = try zone.map { try AssumedTimeZone($0) }
    }
}

let binaryTask = PredictionTask(id: 7, name: "flights", kind: .binary)

func readPredictions(
    _ sources: [InputSource],
    task: PredictionTask = binaryTask,
    options: IngestOptions = IngestOptions(),
    maximumRows: Int = 10_000
) throws -> Readings<ReadPrediction> {
    var reader = try PredictionReader(task: task, options: options, sources: sources)
    var readings = Readings<ReadPrediction>()
    while let batch = try reader.nextBatch(maximumRows: maximumRows) {
        readings.batchCount += 1
        readings.rowsRead += batch.rowsRead
        readings.rejects += batch.rejects
        for row in batch.rows {
            let model = batch.models[Int(row.model)]
            let scores = Int(row.scoreStart)..<Int(row.scoreStart) + batch.scoresPerRow
            readings.rows.append(
                ReadPrediction(
                    id: id(row.key, row.idStart, row.idCount, batch.idBytes, task),
                    key: row.key,
                    predictedAt: row.predictedAt.iso8601,
                    knownAt: row.knownAt.iso8601,
                    model: model.model,
                    version: model.version,
                    scores: Array(batch.scores[scores]),
                    slices: batch.sliceSets[Int(row.sliceSet)],
                    details: batch.details[Int(row.details)],
                    line: row.line
                )
            )
        }
    }
    readings.digest = reader.digest
    readings.progress = reader.progress
    return readings
}

func readPredictions(
    _ text: String,
    name: String = "test.csv",
    task: PredictionTask = binaryTask,
    options: IngestOptions = IngestOptions(),
    maximumRows: Int = 10_000
) throws -> Readings<ReadPrediction> {
    try readPredictions(
        [.bytes(Array(text.utf8), name: name)],
        task: task,
        options: options,
        maximumRows: maximumRows
    )
}

func readLabels(
    _ sources: [InputSource],
    task: PredictionTask = binaryTask,
    options: IngestOptions = IngestOptions(),
    maximumRows: Int = 10_000
) throws -> Readings<ReadLabel> {
    var reader = try LabelReader(task: task, options: options, sources: sources)
    var readings = Readings<ReadLabel>()
    while let batch = try reader.nextBatch(maximumRows: maximumRows) {
        readings.batchCount += 1
        readings.rowsRead += batch.rowsRead
        readings.rejects += batch.rejects
        for row in batch.rows {
            readings.rows.append(
                ReadLabel(
                    id: id(row.key, row.idStart, row.idCount, batch.idBytes, task),
                    key: row.key,
                    observedAt: row.observedAt.iso8601,
                    knownAt: row.knownAt.iso8601,
                    predictedAt: row.predictedAt.iso8601,
                    value: row.value,
                    isWithdrawn: row.isWithdrawn,
                    source: batch.sources[Int(row.source)],
                    line: row.line
                )
            )
        }
    }
    readings.digest = reader.digest
    readings.progress = reader.progress
    return readings
}

func readLabels(
    _ text: String,
    name: String = "labels.csv",
    task: PredictionTask = binaryTask,
    options: IngestOptions = IngestOptions()
) throws -> Readings<ReadLabel> {
    try readLabels([.bytes(Array(text.utf8), name: name)], task: task, options: options)
}

private func id(
    _ key: PredictionKey,
    _ start: Int32,
    _ count: Int16,
    _ bytes: [UInt8],
    _ task: PredictionTask
) -> String {
    count == 0
        ? key.uuidText(taskID: task.id)
        : String(decoding: bytes[Int(start)..<Int(start) + Int(count)], as: UTF8.self)
}

/// The path of a file of the repository's fixtures.
func fixture(_ name: String) -> String {
    URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../fixtures/\(name)")
        .path
}

/// A gzip member that stores the bytes without compressing them.
func gzip(_ content: [UInt8]) -> [UInt8] {
    var output: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3]
    var rest = content[...]
    repeat {
        let block = rest.prefix(65_535)
        rest = rest.dropFirst(block.count)
        let count = UInt16(block.count)
        output.append(rest.isEmpty ? 1 : 0)
        for number in [count, ~count] {
            output += [UInt8(truncatingIfNeeded: number), UInt8(truncatingIfNeeded: number >> 8)]
        }
        output += block
    } while !rest.isEmpty
    for number in [checksum(content), UInt32(content.count)] {
        output += (0..<4).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
    }
    return output
}

/// The CRC-32 of the gzip format.
private func checksum(_ bytes: [UInt8]) -> UInt32 {
    var remainder = UInt32.max
    for byte in bytes {
        remainder ^= UInt32(byte)
        for _ in 0..<8 {
            remainder = remainder & 1 == 1 ? remainder >> 1 ^ 0xEDB8_8320 : remainder >> 1
        }
    }
    return ~remainder
}

/// Random numbers that are the same in every run.
struct SeededGenerator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }
}
