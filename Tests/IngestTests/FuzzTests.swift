import Evaluation
import Ingest
import Testing

/// Damaged input of any kind never crashes the reader, and no row gets lost.
struct FuzzTests {
    private static let task = PredictionTask(
        id: 3,
        name: "t",
        kind: .binary,
        sliceKeys: ["country"]
    )

    private static let csv = Array(
        ("prediction_id,predicted_at,model,version,score,country,feature.a\r\n"
            + String(
                repeating: "k1,2013-05-24T14:29:00Z,m,v,0.5,DE,1\r\n"
                    + "\"k,\"\"2\",2013-05-24T14:29:00.5+02:00,m x,v,0.25,Öster,\"x\ny\"\n"
                    + "01890a5d-ac96-774b-bcce-b302099a8057,2013-05-24T14:29Z,m,v,1e-1,,\n",
                count: 6
            )).utf8
    )

    private static let ndjson = Array(
        String(
            repeating:
                #"{"prediction_id":"k1","predicted_at":"2013-05-24T14:29:00Z","model":"m","#
                + #""score":0.5,"features":{"a":1,"b":"x\u00e9"},"slices":{"country":"DE"}}"# + "\n"
                + #"{"prediction_id":2,"predicted_at":"2013-05-24T14:29:00Z","model":"m","#
                + #""score":0.25,"weight":1.5}"# + "\r\n",
            count: 8
        ).utf8
    )

    @Test(arguments: [csv, ndjson], [false, true])
    func `a damaged file is read to its end or refused`(valid: [UInt8], isGzip: Bool) throws {
        var random = SeededGenerator(state: 7)
        var options = IngestOptions()
        options.limits.rowBytes = 300
        options.limits.invalidEncodingShare = 1
        var rows = 0
        for _ in 0..<1000 {
            options.limits.blockBytes = Int.random(in: 1...400, using: &random)
            var bytes = valid
            for _ in 0..<Int.random(in: 1...6, using: &random) { damage(&bytes, &random) }
            if isGzip {
                bytes = gzip(bytes)
                if Bool.random(using: &random) { damage(&bytes, &random) }
            }
            do {
                let readings = try readPredictions(
                    [.bytes(bytes, name: "x")],
                    task: Self.task,
                    options: options,
                    maximumRows: Int.random(in: 1...60, using: &random)
                )
                try #require(readings.rowsRead == readings.rows.count + readings.rejects.count)
                try #require(readings.progress.rowsRead == Int64(readings.rowsRead))
                try #require(readings.progress.bytesRead == Int64(bytes.count))
                rows += readings.rows.count
                for row in readings.rows {
                    try #require(row.scores.allSatisfy { (0...1).contains($0) })
                }
                for reject in readings.rejects { try #require(reject.reason.hasSuffix(".")) }
            } catch let error as IngestError {
                try #require(!error.description.isEmpty)
            }
        }
        #expect(rows > 1000)
    }

    @Test func `a damaged labels file is read to its end or refused`() throws {
        let csv = Array(
            ("prediction_id,observed_at,label,source\n"
                + String(
                    repeating:
                        "k,2013-05-24T14:29:00Z,1,s\n\"k\"\"2\",2013-05-24T14:29Z,withdrawn,\n",
                    count: 8
                )).utf8
        )
        let ndjson = Array(
            String(
                repeating:
                    #"{"prediction_id":"k","observed_at":"2013-05-24T14:29:00Z","label":null}"#
                    + "\n"
                    + #"{"prediction_id":"k","observed_at":"2013-05-24T14:29:00Z","label":1}"#
                    + "\n",
                count: 8
            ).utf8
        )
        var random = SeededGenerator(state: 8)
        var rows = 0
        for round in 0..<2000 {
            var bytes = round % 2 == 0 ? csv : ndjson
            for _ in 0..<Int.random(in: 1...6, using: &random) { damage(&bytes, &random) }
            do {
                let readings = try readLabels([.bytes(bytes, name: "x")], task: Self.task)
                try #require(readings.rowsRead == readings.rows.count + readings.rejects.count)
                try #require(readings.rows.allSatisfy { [0, 1].contains($0.value) })
                rows += readings.rows.count
            } catch let error as IngestError {
                try #require(!error.description.isEmpty)
            }
        }
        #expect(rows > 1000)
    }

    @Test(arguments: ["\"", ",", "\n", "\r", "\"\"", "x"])
    func `each byte of a file can be replaced without losing a line`(replacement: String) throws {
        let afterHeader = Self.csv.firstIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
        for position in Self.csv[afterHeader...].indices {
            var bytes = Self.csv
            bytes.replaceSubrange(position...position, with: replacement.utf8)
            guard
                let readings = try? readPredictions([.bytes(bytes, name: "x")], task: Self.task)
            else { continue }
            // Six of the lines are the second lines of quoted fields.
            try #require(readings.rows.count + readings.rejects.count >= 17)
            try #require(readings.rows.count >= 16)
        }
    }

    private func damage(_ bytes: inout [UInt8], _ random: inout SeededGenerator) {
        let position = Int.random(in: 0..<max(1, bytes.count), using: &random)
        guard position < bytes.count else { return }
        let interesting = Array("\"\n\r,{}[]:\\0e.-+TZ\u{0}é".utf8) + [0xFF, 0xC3, 0x80]
        switch Int.random(in: 0..<6, using: &random) {
        case 0: bytes[position] = UInt8.random(in: 0...255, using: &random)
        case 1: bytes[position] = interesting.randomElement(using: &random) ?? 0
        case 2: bytes.insert(interesting.randomElement(using: &random) ?? 0, at: position)
        case 3:
            let end = min(bytes.count, position + Int.random(in: 1...60, using: &random))
            bytes.removeSubrange(position..<end)
        case 4:
            let end = min(bytes.count, position + Int.random(in: 1...60, using: &random))
            bytes.insert(contentsOf: bytes[position..<end], at: position)
        default: bytes.removeLast(min(bytes.count, Int.random(in: 1...30, using: &random)))
        }
    }
}
