import Foundation
import Statistics

/// Seeded predictions of two models on the same keys, spread over some days, and the labels that answer them.
struct BenchmarkData {
    enum KeyKind: String {
        case uuid
        case text
    }

    struct Row {
        var high: UInt64
        var low: UInt64
        var predictedAt: Int64
        var model: Int32
        var score: Double
    }

    let rows: [Row]
    private let kind: KeyKind

    init(keys: Int, days: Int, kind: KeyKind, seed: UInt64) {
        self.kind = kind
        var generator = SeededGenerator(seed: seed)
        var rows: [Row] = []
        rows.reserveCapacity(2 * keys)
        let start: Int64 = 1_704_067_200_000_000
        for index in 0..<keys {
            let (high, low) = (generator.next(), generator.next())
            let second = Int64(index) * Int64(days) * 86_400 / Int64(keys)
            for model in 0..<2 {
                rows.append(
                    Row(
                        high: high,
                        low: low,
                        predictedAt: start + second * 1_000_000,
                        model: Int32(model),
                        score: Double(generator.next() % 1_000_000) / 1_000_000
                    )
                )
            }
        }
        self.rows = rows
    }

    private func key(_ row: Row, _ index: Int) -> String {
        guard kind == .uuid else { return "order-\(index / 2)" }
        func hex(_ value: UInt64) -> String {
            let digits = String(value, radix: 16)
            return String(repeating: "0", count: 16 - digits.count) + digits
        }
        let digits = Array((hex(row.high) + hex(row.low)).utf8)
        let groups = [0..<8, 8..<12, 12..<16, 16..<20, 20..<32]
        return groups.map { String(decoding: digits[$0], as: UTF8.self) }.joined(separator: "-")
    }

    func writePredictions(to path: String) throws {
        try write(path, header: "prediction_id,predicted_at,model,version,score\n") { index in
            let row = rows[index]
            return "\(key(row, index)),\(Self.instant(row.predictedAt)),"
                + "\(row.model == 0 ? "champion" : "shadow"),v1,\(row.score)\n"
        }
    }

    /// One label a key, a day after its prediction, positive as often as the champion's score says.
    func writeLabels(to path: String) throws {
        try write(path, header: "prediction_id,observed_at,label\n") { index in
            let row = rows[index]
            guard row.model == 0 else { return "" }
            let isPositive = Double(row.low % 1_000_000) / 1_000_000 < row.score
            return "\(key(row, index)),\(Self.instant(row.predictedAt + 86_400_000_000)),"
                + "\(isPositive ? 1 : 0)\n"
        }
    }

    private func write(_ path: String, header: String, line: (Int) -> String) throws {
        try Data(header.utf8).write(to: URL(fileURLWithPath: path))
        let file = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
        try file.seekToEnd()
        var block = ""
        for index in rows.indices {
            block += line(index)
            if block.utf8.count > 1 << 20 {
                try file.write(contentsOf: Data(block.utf8))
                block = ""
            }
        }
        try file.write(contentsOf: Data(block.utf8))
        try file.close()
    }

    private static func instant(_ microseconds: Int64) -> String {
        var seconds = time_t(microseconds / 1_000_000)
        var parts = tm()
        gmtime_r(&seconds, &parts)
        func two(_ number: Int32) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return "\(parts.tm_year + 1900)-\(two(parts.tm_mon + 1))-\(two(parts.tm_mday))"
            + "T\(two(parts.tm_hour)):\(two(parts.tm_min)):\(two(parts.tm_sec))Z"
    }
}
