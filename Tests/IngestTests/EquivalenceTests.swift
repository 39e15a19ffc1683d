import Evaluation
import Foundation
import Ingest
import Testing

/// The same rows read the same, however they are written down and cut up.
struct EquivalenceTests {
    private let task = PredictionTask(
        id: 3,
        name: "t",
        kind: .binary,
        sliceKeys: ["country", "channel"]
    )

    private static let csv: String = {
        var random = SeededGenerator(state: 5)
        var lines = [
            "prediction_id,predicted_at,model,version,score,country,channel,entity,latency_ms,"
                + "feature.a"
        ]
        for index in 0..<300 {
            let id =
                index % 3 == 0
                ? UUID().uuidString : "\"k,\(index % 40)\"\"\(index % 2 == 0 ? "\n" : "é")\""
            let score = ["\(Double.random(in: 0...1, using: &random))", "1.2", "", "0,5", "1e-3"]
                .randomElement(using: &random)
            let time = ["2013-05-24T14:29:00Z", "2013-02-30T00:00:00Z", "2013-05-24 10:29-04:00"]
                .randomElement(using: &random)
            lines.append(
                "\(id),\(time ?? ""),m\(index % 4),v,\(score.map { "\"\($0)\"" } ?? ""),"
                    + "\(index % 5 == 0 ? "" : "DE"),\"web\",u\(index % 7),\(index).50,\(index)"
            )
        }
        return lines.joined(separator: "\r\n")
    }()

    private func read(
        _ bytes: [UInt8],
        name: String = "x",
        blockBytes: Int = 256 << 10,
        maximumRows: Int = 1000
    ) throws -> Readings<ReadPrediction> {
        var options = IngestOptions()
        options.limits.blockBytes = blockBytes
        return try readPredictions(
            [.bytes(bytes, name: name)],
            task: task,
            options: options,
            maximumRows: maximumRows
        )
    }

    @Test(arguments: [1, 2, 3, 5, 7, 64, 4096])
    func `the size of the blocks changes nothing`(blockBytes: Int) throws {
        let bytes = Array(Self.csv.utf8)
        let expected = try read(bytes)
        #expect(expected.rowsRead == 300)
        #expect(expected.rows.count > 50)
        #expect(expected.rejects.count > 50)
        for input in [bytes, gzip(bytes), gzip(Array(bytes[..<999])) + gzip(Array(bytes[999...]))] {
            let readings = try read(input, blockBytes: blockBytes)
            #expect(readings.rows == expected.rows)
            #expect(readings.rejects == expected.rejects)
        }
    }

    @Test(arguments: [1, 7, 10, 100])
    func `the size of the batches changes nothing`(maximumRows: Int) throws {
        let bytes = Array(Self.csv.utf8)
        let expected = try read(bytes)
        let readings = try read(bytes, maximumRows: maximumRows)
        #expect(readings.rows == expected.rows)
        #expect(readings.rejects == expected.rejects)
    }

    @Test(arguments: [20, 40, 60, 80, 200], [1, 3, 64, 4096])
    func `rows beside the limit of length are judged the same whatever the blocks`(
        rowBytes: Int,
        blockBytes: Int
    ) throws {
        var options = IngestOptions()
        options.limits.rowBytes = rowBytes
        options.limits.blockBytes = 1 << 20
        // The header must fit, so the columns are mapped to short names.
        options.mapping = ColumnMapping(
            columns: ["prediction_id": "k", "predicted_at": "t", "model": "m", "score": "s"])
        var text = "k,t,m,s\n"
        for index in 0..<120 {
            let filler = String(repeating: "x", count: index)
            switch index % 4 {
            case 0: text += "\(filler),2013-05-24T14:29:00Z,m,0.5\n"
            case 1: text += "\"\(filler)\nk\",2013-05-24T14:29:00Z,m,0.5\r\n"
            case 2: text += "\"\(filler),2013-05-24T14:29:00Z,m,0.5\r\n"
            default: text += "k,\"2013-05-24T14:29:00Z\"\(filler),m,0.5\n"
            }
        }
        let expected = try readPredictions(text, options: options)
        #expect(expected.rowsRead == expected.rows.count + expected.rejects.count)
        options.limits.blockBytes = blockBytes
        let readings = try readPredictions(text, options: options)
        #expect(readings.rows == expected.rows)
        #expect(readings.rejects == expected.rejects)
    }

    @Test func `CSV and NDJSON of the same rows are the same`() throws {
        let header =
            "prediction_id,predicted_at,model,version,score,country,channel,entity,"
            + "latency_ms,feature.a,feature.b\n"
        var csv = header
        var flat = ""
        var nested = ""
        var random = SeededGenerator(state: 6)
        for index in 0..<500 {
            let id = "k\(index)"
            let time = "2013-05-24T14:\(10 + index % 50):00.\(index)Z"
            let score = Double.random(in: -0.1...1.1, using: &random)
            let country = ["DE", "", "\\\"x\\\"", "Österreich"][index % 4]
            let quoted = country.replacing("\\\"", with: "\"\"")
            csv +=
                "\(id),\(time),m\(index % 2),v,\(score),\"\(quoted)\",web,u\(index),12.5,"
                + "\(index),x\n"
            let start =
                #"{"prediction_id":"\#(id)","predicted_at":"\#(time)","model":"m\#(index % 2)","#
                + #""version":"v","score":\#(score),"entity":"u\#(index)","latency_ms":12.5,"#
            flat +=
                start
                + #""country":"\#(country)","channel":"web","feature.a":\#(index),"feature.b":"x"}"#
                + "\n"
            nested +=
                start
                + #""slices":{"channel":"web","country":"\#(country)"},"#
                + #""features":{"b":"x","a":\#(index)}}"# + "\n"
        }
        let expected = try read(Array(csv.utf8))
        #expect(expected.rejects.count > 10)
        for text in [flat, nested] {
            var readings = try read(Array(text.utf8))
            for index in readings.rows.indices { readings.rows[index].line += 1 }
            #expect(readings.rows == expected.rows)
            #expect(readings.rejects.map(\.value) == expected.rejects.map(\.value))
            #expect(readings.rejects.map(\.reason) == expected.rejects.map(\.reason))
        }
    }

    @Test func `the digest is that of the stored bytes, read or computed beforehand`() throws {
        let file = InputSource.file(fixture("dirty_flights_predictions.csv.gz"))
        let options = try IngestOptions(
            columns: [
                "prediction_id": "key", "predicted_at": "event_time", "version": "model_version",
            ])
        let once = try readPredictions([file], options: options)
        #expect(once.digest == (try SourceDigest.compute(of: [file])))
        #expect(
            once.digest.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
                == "d6538f4e1ffaf110eb62840b50604cc00b4c50c64a3b9a0333ca6f9f237bfa23"
        )
        let twice = try readPredictions([file, file], options: options)
        #expect(twice.digest == (try SourceDigest.compute(of: [file, file])))
        #expect(twice.digest != once.digest)
        #expect(throws: IngestError.self) { try SourceDigest.compute(of: [.standardInput]) }
    }
}
