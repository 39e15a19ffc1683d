import Evaluation
import Foundation
import Harness
import TestSupport

/// Bodies of small writes as programs send them by mistake and on purpose, each with its line feeds.
struct GroupBodies {
    private var generator: TestGenerator

    init(seed: UInt64) {
        generator = TestGenerator(seed: seed)
    }

    mutating func predictions(_ count: Int) -> [[UInt8]] {
        (0..<count).map { _ in body { $0.prediction() } }
    }

    mutating func labels(_ count: Int) -> [[UInt8]] {
        (0..<count).map { _ in body { $0.label() } }
    }

    private mutating func body(_ row: (inout GroupBodies) -> String) -> [UInt8] {
        var bytes: [UInt8] = []
        for _ in 0..<Int.random(in: 1...4, using: &generator) {
            switch Int.random(in: 0..<14, using: &generator) {
            case 0: bytes += strange()
            case 1: bytes += Array(" \t".utf8)
            case 2: bytes += Array((row(&self) + "\r").utf8)
            default: bytes += Array(row(&self).utf8)
            }
            bytes.append(0x0A)
        }
        return bytes
    }

    /// What is no row, some of it only where a file begins with it.
    private mutating func strange() -> [UInt8] {
        let texts: [[UInt8]] = [
            [0xEF, 0xBB, 0xBF] + Array(prediction().utf8), [0xFF, 0xFE, 0x7B, 0x00],
            [0xFE, 0xFF, 0x00, 0x7B], [0x1F, 0x8B, 0x08, 0x00], Array("PAR1".utf8),
            Array("ORC".utf8), Array("{".utf8), Array("[]".utf8), Array("[{}]".utf8),
            Array("{}".utf8), Array("null".utf8), Array("prediction_id,observed_at,label".utf8),
            Array(#"{"prediction_id":"a\u0000b"}"#.utf8), [0x7B, 0x22, 0xE4, 0x22, 0x7D],
        ]
        return texts.randomElement(using: &generator) ?? []
    }

    private mutating func id() -> String { "p\(Int.random(in: 0..<25, using: &generator))" }

    private mutating func time() -> String {
        "2020-01-0\(Int.random(in: 1...3, using: &generator))T10:00:00Z"
    }

    private mutating func prediction() -> String {
        var members = [
            #""prediction_id":"\#(id())""#, #""predicted_at":"\#(time())""#,
            #""model":"m\#(Int.random(in: 0..<2, using: &generator))""#,
            #""value":\#(Int.random(in: 0..<3, using: &generator))"#,
        ]
        let extras = [
            #""q_0.5":1"#, #""q_0.50":1"#, #""known_at":"2019-01-01T00:00:00Z""#,
            #""country":"de""#, #""slices":{"country":"fr"}"#, #""unknown":1"#,
            #""features":{"a":1,"b":"x"}"#, #""features":{"b":"x","a":1}"#, #""feature.a":1"#,
            #""model":"twice""#, #""entity":"e""#, many(),
        ]
        for _ in 0..<Int.random(in: 0...2, using: &generator) {
            if let extra = extras.randomElement(using: &generator) { members.append(extra) }
        }
        if Int.random(in: 0..<8, using: &generator) == 0 { members.removeFirst() }
        members.shuffle(using: &generator)
        return "{" + members.joined(separator: ",") + "}"
    }

    /// Features of names that no other row has: together they are more than a file may have.
    private mutating func many() -> String {
        let prefix = Int.random(in: 0..<100_000, using: &generator)
        let names = (0..<150).map { #""f\#(prefix)_\#($0)":1"# }
        return #""features":{\#(names.joined(separator: ","))}"#
    }

    private mutating func label() -> String {
        let values = ["1", "2.5", "null", #""withdrawn""#, #""x""#, "1e400"]
        var members = [
            #""prediction_id":"\#(id())""#, #""observed_at":"\#(time())""#,
            #""label":\#(values.randomElement(using: &generator) ?? "1")"#,
        ]
        let extras = [
            #""source":"s""#, #""known_at":"2019-01-01T00:00:00Z""#, #""unknown":1"#,
            #""predicted_at":"2020-01-01T00:00:00Z""#, #""source":["s"]"#,
        ]
        if Int.random(in: 0..<3, using: &generator) == 0,
            let extra = extras.randomElement(using: &generator)
        {
            members.append(extra)
        }
        members.shuffle(using: &generator)
        return "{" + members.joined(separator: ",") + "}"
    }
}
